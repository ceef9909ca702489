"""The pages of those who run groups: health visitors, and the Family House."""
