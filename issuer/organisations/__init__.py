"""Who issues, and with which keys?"""
