"""What the documents are called in addresses: the Danish words that parents meet in letters."""

from parentsite.readiness.rules.vocabulary import DocumentKind

SLUGS = {DocumentKind.DESCRIPTION: "beskrivelse", DocumentKind.ASSESSMENT: "vurdering"}
