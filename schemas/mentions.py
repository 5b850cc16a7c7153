"""An occurrence of a name, title, demonym or resolved pronoun."""

from schemas.columns import COUNTRY, Located, column


class Mentions(Located):
    """One row for each place in a text that names an actor or a place, or stands for one."""

    mention_id: str = column("The article and where the mention starts.", key=True)
    mention_kind: str = column("Name, demonym, title, noun or pronoun.", values="mention_kind")
    entity_type: str = column("What kind of actor is meant, or a place.", values="entity_type")
    actor_id: str = column(
        "Actor that is meant; none for a place that only locates.", references="actors", nullable=True
    )
    place_id: str = column(
        "Place that is meant: `geonames:` and GeoNames' number, `country:` and a code, or `region:` and a name.",
        nullable=True,
        source="GeoNames, ISO 3166, word lists",
    )
    place_precision: str = column(
        "How large the place is that the coordinates stand for the middle of.",
        values="place_precision",
        nullable=True,
    )
    country: str = column(
        "Country of a place, ISO 3166 alpha-3.", nullable=True, str_matches=f"^{COUNTRY}$", source="gazetteer"
    )
    latitude: float = column(
        "Latitude of a place.", nullable=True, ge=-90, le=90, unit="degrees north", source="gazetteer"
    )
    longitude: float = column(
        "Longitude of a place.", nullable=True, ge=-180, le=180, unit="degrees east", source="gazetteer"
    )
