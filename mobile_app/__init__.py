"""The field app that village and township workers carry to the households, online or not."""
