"""Consent (samtykke): who allowed what, to whom, until when. The journeys ask here; their pages are their own, and the
list of receipts, the form of a signed paper and the words of both are shared by all of them.

A journey names the matter (about whom, for which purpose, to which named receiver) and the text that was read.
Each answer is a receipt that is never changed: yes, no, taken back. What concerns a child is allowed only while every
custody holder says yes, and any one of them ends it alone, at once. Another receiver is another matter.
"""
