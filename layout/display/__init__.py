"""Display: what stands where on the page, in physical coordinates."""
