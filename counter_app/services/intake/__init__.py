"""Taking a dossier in: what is asked, what is found wrong, what is kept, and drafts until then."""
