"""Bodies of registrations."""

from typing import Annotated

from pydantic import Field

from services.intake.registering import Cells, FormRow
from services.intake.requests.fields import Body
from shared.commands import MOST_ROWS


class Registrations(Body):
    """Lines of a centre's form, each registered or refused by itself."""

    rows: Annotated[list[FormRow], Field(min_length=1, max_length=MOST_ROWS)]


class SecondReturn(Body):
    """The cells of a form for a person who is known."""

    fields: Cells
