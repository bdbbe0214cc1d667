//! The book: the pages of `rules/`, each with what the rule flags, what it accepts and the exact report.
