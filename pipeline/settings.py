"""All settings, typed; the only reader of the environment (`NEWSTABLES_...`)."""

from functools import cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a user may set; each field by an environment variable `NEWSTABLES_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="NEWSTABLES_", frozen=True)

    language_model: str = "pipeline/language/model"
    """A spaCy package or folder with Universal Dependencies labels."""

    day_first: bool = True
    """Read 03/04/2025 as 3 April (else as March 4)."""


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
