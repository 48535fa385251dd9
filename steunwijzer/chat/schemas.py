"""The shapes in the OpenAPI description of the chat API, by their Dutch names."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

UUID: Schema = {"type": "string", "format": "uuid"}
STATUS: Schema = {
    "type": "string",
    "enum": ["bot", "gevraagd", "wachtrij", "in_gesprek", "teruggegeven", "terugbelverzoek", "afgesloten"],
}

MUNICIPALITY: Schema = {
    "type": ["string", "null"],
    "description": "Om welke gemeente het gaat: die van de site, anders die de inwoner noemde.",
}


def object_of(properties: Schema, required: list[str] | None = None, *, closed: bool = False) -> Schema:
    """An object with these properties, all of them required unless told otherwise; ``closed``: no others."""
    made: Schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
    }
    return {**made, "additionalProperties": False} if closed else made


SCHEMAS: Schema = {
    "Keuze": object_of({"id": UUID, "label": {"type": "string"}}),
    "Blok": {"anyOf": [{"$ref": "#/components/schemas/BlokBegrippen"}, {"$ref": "#/components/schemas/BlokAnders"}]},
    "BlokBegrippen": {
        **object_of(
            {
                "type": {"type": "string", "const": "begrippen"},
                "items": {
                    "type": "array",
                    "minItems": 1,
                    "items": object_of(
                        {"id": {"type": "string"}, "term": {"type": "string"}, "uitleg": {"type": "string"}}
                    ),
                },
            },
        ),
        "description": "Moeilijke woorden uit de tekst, met uitleg in gewone taal.",
    },
    "BlokAnders": {
        "type": "object",
        "properties": {"type": {"type": "string", "not": {"const": "begrippen"}}},
        "required": ["type"],
        "additionalProperties": True,
        "description": "Elk ander blok; wie het niet kent, laat het weg.",
    },
    "Message": object_of(
        {
            "id": UUID,
            "seq": {"type": "integer", "minimum": 1},
            "from": {"type": "string", "enum": ["assistent", "inwoner", "medewerker", "systeem"]},
            "at": {"type": "string", "format": "date-time"},
            "text": {"type": "string", "description": "Altijd volledig leesbaar, ook zonder blokken."},
            "choices": {"type": "array", "items": {"$ref": "#/components/schemas/Keuze"}},
            "blocks": {"type": "array", "items": {"$ref": "#/components/schemas/Blok"}},
        }
    ),
    "Berichten": {"type": "array", "items": {"$ref": "#/components/schemas/Message"}},
    "NieuwGesprek": object_of(
        {
            "gemeente": {"type": ["string", "null"], "pattern": "^GM[0-9]{4}$"},
            "taal": {"type": "string", "enum": ["nl"]},
        },
        [],
        closed=True,
    ),
    "NieuwBericht": {
        **object_of(
            {
                "client_id": UUID,
                "text": {"type": ["string", "null"], "minLength": 1, "maxLength": 2000, "pattern": "\\w"},
                "choice": {"type": ["string", "null"], "minLength": 1, "maxLength": 36},
            },
            ["client_id"],
            closed=True,
        ),
    },
    "Terugbellen": object_of(
        {"name": {"type": "string", "pattern": "\\S"}, "phone": {"type": "string"}, "best_time": {"type": "string"}},
        ["name", "phone"],
        closed=True,
    ),
    "Overdracht": object_of(
        {
            "consent": {"type": "boolean"},
            "include": {"type": "array", "items": {"type": "string", "enum": ["gesprek", "onderwerp", "gemeente"]}},
            "callback": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Terugbellen"}]},
            "leave_out": {
                "type": "array",
                "maxItems": 1000,
                "items": {"type": ["string", "integer"]},
                "description": "Wat niet wordt doorgegeven: id of nummer van een bericht, of de naam van een veld van de samenvatting.",
            },
            "seen": {
                "type": ["integer", "null"],
                "description": "Nummer van het laatste bericht dat de inwoner zag; wat later kwam, wordt niet doorgegeven.",
            },
        },
        ["consent"],
        closed=True,
    ),
    "Gegevens": object_of(
        {"name": {"type": "string"}, "phone": {"type": "string"}, "email": {"type": "string"}}, [], closed=True
    ),
    "Doorgeven": object_of(
        {
            "status": STATUS,
            "staffing": object_of(
                {
                    "case": {"type": "string", "enum": ["bemenst", "gesloten", "feestdag", "niemand"]},
                    "text": {"type": "string"},
                }
            ),
            "summary": {
                "type": "array",
                "items": object_of(
                    {
                        "field": {"type": "string"},
                        "title": {"type": "string"},
                        "part": {"enum": ["gesprek", "onderwerp", "gemeente", None]},
                        "values": {"type": "array", "items": {"type": "string"}},
                    }
                ),
            },
            "messages": {
                "type": "array",
                "items": object_of(
                    {"id": UUID, "seq": {"type": "integer"}, "from": {"type": "string"}, "text": {"type": "string"}}
                ),
            },
            "waiting": {
                "anyOf": [
                    {"type": "null"},
                    object_of(
                        {
                            "before": {"type": "integer", "minimum": 0, "description": "Hoeveel mensen er voor gaan"},
                            "minutes": {
                                "type": ["integer", "null"],
                                "description": "Hoe lang mensen net wachtten; leeg als dat niet te zeggen is",
                            },
                            "text": {"type": "string"},
                        }
                    ),
                ]
            },
            "callback": {
                "anyOf": [
                    {"type": "null"},
                    object_of(
                        {
                            "status": {
                                "type": "string",
                                "enum": ["open", "opgepakt", "gebeld", "niet_bereikt", "vervallen"],
                            },
                            "text": {"type": "string"},
                            "asked_at": {"type": "string", "format": "date-time"},
                            "promised_until": {"type": ["string", "null"], "format": "date-time"},
                            "attempts": {"type": "integer", "minimum": 0},
                        }
                    ),
                ]
            },
        }
    ),
    "Oordeel": object_of(
        {
            "solved": {"oneOf": [{"type": "boolean"}, {"type": "string", "enum": ["ja", "nee", "deels"]}]},
            "next_step": {"oneOf": [{"type": "boolean"}, {"type": "string", "enum": ["ja", "nee"]}]},
            "text": {"type": ["string", "null"]},
        },
        ["solved", "next_step"],
        closed=True,
    ),
    "Fout": object_of(
        {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        }
    ),
}
