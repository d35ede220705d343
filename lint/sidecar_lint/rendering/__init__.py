"""What an environment gets, as a text: its manifest, its template, its task definition."""
