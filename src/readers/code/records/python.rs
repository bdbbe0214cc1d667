//! What Python's mappers have in common.

use super::{Seen, target};
use crate::readers::code::syntax::{Is, Node};
use crate::source::Spanned;

/// `True` and `False`, however the grammar takes them.
pub fn truth_of(node: &Node) -> Option<bool> {
    match &node.is {
        Is::Word(word) | Is::Name(word) => match &**word {
            "True" | "true" => Some(true),
            "False" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A base class by its own name; `table=True` is none.
pub fn base(node: &Node) -> Option<Spanned<String>> {
    match &node.is {
        Is::Name(_) | Is::Member(..) => node.word(),
        Is::Index(object, _) => target(object, false),
        _ => None,
    }
}

/// Whether a base class comes from a framework and not from the tree.
pub fn is_foreign(name: &str, seen: &Seen<'_>) -> bool {
    const KNOWN: &[&str] = &[
        "Model",
        "Base",
        "SQLModel",
        "DeclarativeBase",
        "DeclarativeBaseNoMeta",
        "MappedAsDataclass",
        "AsyncAttrs",
        "object",
        "ABC",
        "Generic",
        "Document",
        "DynamicDocument",
        "EmbeddedDocument",
        "AbstractUser",
        "AbstractBaseUser",
        "PermissionsMixin",
        "TimeStampedModel",
        "UUIDModel",
        "SoftDeletableModel",
        "MPTTModel",
        "PolymorphicModel",
        "Enum",
        "str",
        "UserMixin",
        "TextChoices",
        "BaseModel",
        "Protocol",
        "TypedDict",
        "NamedTuple",
        "CommonTableAttributes",
        "UUIDBase",
        "UUIDAuditBase",
        "BigIntBase",
        "BigIntAuditBase",
        "SerializerMixin",
        "Timestamp",
        "models",
        "ActiveRecordMixin",
        "Page",
        "Orderable",
    ];
    const PACKAGES: &[&str] = &[
        "django",
        "model_utils",
        "django_extensions",
        "sqlalchemy",
        "sqlmodel",
        "flask_sqlalchemy",
        "mptt",
        "polymorphic",
        "simple_history",
        "wagtail",
        "pydantic",
        "sqlalchemy_utils",
        "fastapi_users",
        "fastapi_users_db_sqlalchemy",
        "advanced_alchemy",
        "tortoise",
        "peewee",
        "mongoengine",
        "beanie",
        "odmantic",
        "typing",
        "abc",
        "enum",
        "dataclasses",
        "flask_login",
        "flask_security",
        "safedelete",
        "modelcluster",
        "dirtyfields",
        "auditlog",
        "reversion",
    ];
    let root = |from: &str| from.split('.').next().unwrap_or("").to_owned();
    KNOWN.contains(&name)
        || seen.imports.iter().any(|(from, local)| *local == name && PACKAGES.contains(&root(&from.value).as_str()))
}
