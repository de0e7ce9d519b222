from hypothesis import settings

# A busy machine is not a defect: what must be fast is measured in bench/, not by a deadline here.
settings.register_profile("skillmark", parent=settings.default, deadline=None)
settings.load_profile("skillmark")
