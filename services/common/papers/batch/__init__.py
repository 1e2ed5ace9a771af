"""The one batch table: a list with fixed columns, a line for preparer, reviewer and date, and totals.

Ledgers, rosters, payment rolls and filing forms are all of it; `workbook` makes the .xlsx, `printed` the PDF.
"""

from services.common.papers.batch.sheet import MOST_ROWS as MOST_ROWS
from services.common.papers.batch.sheet import WARNING as WARNING
from services.common.papers.batch.sheet import Cell as Cell
from services.common.papers.batch.sheet import Column as Column
from services.common.papers.batch.sheet import Kind as Kind
from services.common.papers.batch.sheet import Sheet as Sheet
from services.common.papers.batch.typeset import printed as printed
from services.common.papers.batch.workbook import HEAD_ROW as HEAD_ROW
from services.common.papers.batch.workbook import workbook as workbook
