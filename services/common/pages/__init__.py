"""Office pages: the layout, its look, sign-in sessions, clock chips and forms that keep what was typed."""

from services.common.pages.acts import Act as Act
from services.common.pages.acts import Choice as Choice
from services.common.pages.acts import Field as Field
from services.common.pages.acts import Kind as Kind
from services.common.pages.clock import Chip as Chip
from services.common.pages.clock import chip as chip
from services.common.pages.looking import areas_held as areas_held
from services.common.pages.looking import looking as looking
from services.common.pages.looking import may as may
from services.common.pages.office import Office as Office
from services.common.pages.session import OfficeRoute as OfficeRoute
