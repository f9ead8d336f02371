"""The routes of what all kinds share: declarations, kept views, fields that administrators add."""

from crm_objects.engine import adding_fields, declared, views
from crm_objects.engine.adding_fields import CustomFieldView, FieldChange, NewField
from crm_objects.engine.declared import RecordKinds
from crm_objects.engine.policies import MAY_EDIT_FIELDS, MAY_READ
from crm_objects.engine.views import RecordViewView
from crm_objects.inputs import Columns, FieldsQuery, KeptView, ViewOrder
from crm_objects.standing import asked_of, desk_for, kinds_for
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put


def list_kinds(call: Read[None, Nothing]) -> RecordKinds:
    """The declarations: fields, sections, views and what I may do."""
    return declared.listed(call.conn, call.actor, kinds_for(call))


def keep_view(call: Write[KeptView, Nothing]) -> Made:
    """A list that I want to see again."""
    made = views.keep(call.work, asked_of(call), call.body.asked())
    return Made(("record_view", made.id or 0), made)


def change_view(call: Write[KeptView, Nothing]) -> RecordViewView:
    """Another name, base, filter, sort or columns."""
    return views.change(call.work, asked_of(call), call.id(), call.body.asked())


def forget_view(call: Write[None, Nothing]) -> None:
    """No longer kept."""
    views.forget(call.work, desk_for(call), call.id())


def order_views(call: Write[ViewOrder, Nothing]) -> None:
    """My own views, in this order."""
    views.put_in_order(call.work, desk_for(call), call.body.ids)


def choose_columns(call: Write[Columns, Nothing]) -> None:
    """My columns of the lists that everybody has; none: as they are declared."""
    views.choose_columns(call.work, desk_for(call), call.body.columns)


def list_fields(call: Read[None, FieldsQuery]) -> Items[CustomFieldView]:
    """The fields that administrators added, retired ones last."""
    return Items(adding_fields.listed(call.conn, kinds_for(call), call.query.kind))


def add_field(call: Write[NewField, Nothing]) -> Made:
    """One more field of a kind."""
    made = adding_fields.add(call.work, call.actor, kinds_for(call), call.body)
    return Made(("record_field", made.id), made)


def change_field(call: Write[FieldChange, Nothing]) -> CustomFieldView:
    """Other words, choices, place; retired or back."""
    return adding_fields.change(call.work, call.actor, call.id(), call.body)


_VIEWS = "/api/records/{kind:str}/views"
ROUTES = [
    get("/api/record-kinds", MAY_READ, list_kinds, output=RecordKinds),
    post(
        _VIEWS,
        MAY_READ,
        keep_view,
        again=lambda call, earlier: views.one(desk_for(call), earlier.ref_id),
        output=RecordViewView,
        body=KeptView,
    ),
    put(_VIEWS + "/{id:int}", MAY_READ, change_view, output=RecordViewView, body=KeptView),
    delete(_VIEWS + "/{id:int}", MAY_READ, forget_view),
    put(f"{_VIEWS}/order", MAY_READ, order_views, body=ViewOrder, status=204),
    put("/api/records/{kind:str}/columns", MAY_READ, choose_columns, body=Columns, status=204),
    get(
        "/api/record-fields",
        MAY_EDIT_FIELDS,
        list_fields,
        output=Items[CustomFieldView],
        query=FieldsQuery,
    ),
    post(
        "/api/record-fields",
        MAY_EDIT_FIELDS,
        add_field,
        again=lambda call, earlier: adding_fields.view(call.conn, earlier.ref_id),
        output=CustomFieldView,
        body=NewField,
    ),
    patch(
        "/api/record-fields/{id:int}", MAY_EDIT_FIELDS, change_field, output=CustomFieldView, body=FieldChange
    ),
]
