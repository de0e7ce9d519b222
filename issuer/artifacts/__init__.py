"""What was handed in, frozen by digest?"""
