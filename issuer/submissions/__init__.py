"""Who asks to be assessed for what, and how far did it come?"""
