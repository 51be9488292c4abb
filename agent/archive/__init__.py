"""One file that holds a whole desk as it was at one moment: made while it runs, and put back."""
