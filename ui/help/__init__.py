"""The manual beside the work: its chapters, which of them a page or dialog asks for, and the window that shows them. No net is needed."""
