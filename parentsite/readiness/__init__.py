"""School readiness (skolestart): what the daycare writes about a child before school, and who may read it.

The daycare writes a description, and in doubt or when parents ask a separate assessment; a published version is never
changed. Parents read it, write their own words beside it, and ask for corrections. Nothing goes to the school or the
after-school care, in writing or in talk, while not every custody holder says yes to it; each can take the yes back.
"""
