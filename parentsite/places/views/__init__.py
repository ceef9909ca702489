"""The parents' pages: five short steps, the case, the offer; all hang on one blueprint."""
