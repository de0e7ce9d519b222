"""What can be earned?"""
