//! Contracts of messages, protobuf and Avro: what is sent is not stored, so they say nothing but their exceptions.

use crate::fact::Facts;
use crate::readers::{Reader, has_extension};
use crate::source::Source;

pub const READER: Reader = Reader {
    name: "protobuf",
    reads: |source| has_extension(source, &["proto", "avsc", "avdl", "avpr"]),
    read: |source: &Source| Facts::new(source.id),
};

#[cfg(test)]
mod tests {
    use crate::readers;
    use crate::source::{FileId, Source};

    #[test]
    fn contracts_say_nothing_and_keep_their_exceptions() {
        let read = |path, text| readers::read(&Source::new(FileId(0), path, text)).expect("a reader");
        let facts =
            read("a.proto", "message A { string flinks_login_id = 1; } // flinks-lint: ignore[unknown-host] old");
        assert_eq!((facts.count(), facts.directives.len()), (1, 1));
        assert_eq!(read("a.avsc", "{\"type\": \"record\", \"name\": \"FlinksLogin\"}").count(), 0);
    }
}
