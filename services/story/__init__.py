"""The story: one household from the home visit to the board, through the public interfaces only."""

from services.story.checks import StoryFailed as StoryFailed
from services.story.play import play as play
from services.story.stage import tell as tell
from services.story.system import System as System
