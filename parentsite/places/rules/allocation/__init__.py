"""A month's places, all at once: which child is proposed which house, by rules that can be told to every parent.

What a fair set of proposals is, here:

1. **Nobody is passed over.** If a child is not proposed a house it wished for more than what it gets, then every place
   there goes to a child ahead of it in that house's line by the published order (§ 27(1) of the Act), or is needed for
   a guarantee that cannot be met elsewhere without passing over somebody ahead of it. A wish counts in its line alike
   whether it is the parents' first or fifth, so to rank a house lower never costs one's right to it. (Norway's
   ombudsman, on an intake of 2019, faulted a town that looked at first wishes before siblings: it had published no
   such rule; sivilombudet.no.)
2. **The guarantee is kept while there are places at all** (§ 23 of the Act). It is a right to *a* place, not to a
   wished house: it lifts nobody in the line of a house. A child whose day comes before the next run, and whom no wish
   gives a place, is proposed any place in the town that suits; if it can be, one that nobody else gets. If all are
   taken, whoever is last in the published order among all whose place could help goes on to the next wish. Where the
   town promises the own district, that is kept in the same way, but never at the price of a guarantee by law.
3. **What cannot be met is named.** If suiting places are fewer than children whose day comes, as many as possible are
   met in time, the earliest guaranteed day first (then the older child, then the draw); for whom it is too late
   already, any day of the month is in time. The others are told how many suiting places there were. Who is met
   depends on nobody's wishes.
4. **Of all such sets it is the best for every family**: none is worse off in it than in any other fair set. So there
   is only one, the same in whatever order the applications are handed in; and nobody gains a place in a line by
   listing other wishes than meant. More places make nobody worse off; only where the groups of a house share units,
   one more place for 0-2 may cost one for 3+.
5. **Where a guaranteed child goes** is settled last, among the places that the guarantee takes: where it wished, by
   that house's line; else in its own district, by the guaranteed day.
6. **What a clerk decides by hand comes first** and is not judged by these rules; the rest is proposed anew around it,
   and `costs` says whom the change costs what.

How: the children ask for what would do, one thing after the other, and a place is kept for whom the order puts first
until it is known who else asks (deferred acceptance: Gale and Shapley 1962). The town keeps as one, because a
guarantee may be met in any house: what it can keep together is a matroid, and for those the method holds what is said
above (Fleiner 2003; Hatfield and Milgrom 2005; Yokoi 2014).

What others do: KitaMatch (German towns) lets parents ask in the same way, house by house, and knows no guarantee.
Finland's eVaka leaves each child to a clerk. Vejle uses the first free places for guarantees; Aarhus lets who has a
place move only to what no guaranteed child needs; Copenhagen keeps a guarantee list beside the lines. All three give
a guaranteed child more, or a wish less, than the law and the published order ask for. In Japan the fewest children
left out is sought among stable sets, because siblings are placed together (Sun and others 2024).

What it is not: parents do not book (§ 27 of the Act), and a run offers nothing; the office sends. Twins ask each for
itself: with families who want both or none a fair set need not exist (Sun, Yokoyama and Yokoo 2025), so a clerk
places them together by hand. Over several months no method is fair and free of tactics (Kennes, Monte and Tumennasan
2011): a place that becomes free because a child moves waits for the next run. A unit that no child of the group in
question can use stays free and is named.

`asked` what goes in · `reach` what a child can take · `asking` what would do for it · `hold` who is kept, the heart ·
`market` one age group · `run` the whole · `told` and `reasons` why · `costs` what a change by hand costs others.
"""
