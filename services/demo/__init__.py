"""The demonstration district: real townships, invented villages, staff and families."""

from services.demo.people import sign_ins as sign_ins
