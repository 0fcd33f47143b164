use qapi_agent::files::{Files, LARGEST_READ, MOST_FILES};
use qapi_agent::schema::{GuestFileRead, GuestFileWhence, QGASeek};
use rustix::fs::{CWD, Mode, mkfifoat};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// A folder, and no files open yet.
struct Table {
    files: Files,
    folder: TempDir,
}

impl Table {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        Table { files: Files::starting_at(1000), folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("test folders are text").to_owned()
    }

    fn open(&self, name: &str, mode: &str) -> i64 {
        self.files.open(&self.path(name), Some(mode)).unwrap()
    }

    fn read(&self, handle: i64, count: impl Into<Option<i64>>) -> (String, bool) {
        let GuestFileRead { count, buf_b64, eof } = self.files.read(handle, count.into()).unwrap();
        assert_eq!(count == 0, buf_b64.is_empty());
        (buf_b64, eof)
    }
}

const SET: GuestFileWhence = GuestFileWhence::Name(QGASeek::Set);

#[test]
fn modes_are_those_of_fopen() {
    let table = Table::new();
    fs::write(table.path("file"), "").unwrap();
    for mode in ["r", "w", "a"] {
        for rest in ["", "b", "+", "+b", "b+"] {
            table.open("file", &format!("{mode}{rest}"));
        }
    }
    for mode in ["", "x", "rw", "rb+b", "r++", "br", "wx", "re", "é", "r "] {
        let error = table.files.open(&table.path("file"), Some(mode)).unwrap_err();
        assert_eq!(error.desc, format!("invalid file open mode '{mode}'"));
    }
}

#[test]
fn writing_empties_appending_does_not_reading_does_not_create() {
    let table = Table::new();
    fs::write(table.path("file"), "old").unwrap();
    let handle = table.open("file", "a");
    table.files.write(handle, "bmV3", None).unwrap();
    assert_eq!(fs::read_to_string(table.path("file")).unwrap(), "oldnew");
    table.open("file", "w");
    assert_eq!(fs::read_to_string(table.path("file")).unwrap(), "");
    table.open("new", "w");
    let mode = fs::metadata(table.path("new")).unwrap().permissions().mode();
    assert_eq!(mode & 0o133, 0, "not writable by others, not executable: {mode:o}");
    for mode in ["r", "r+"] {
        let path = table.path("missing");
        let error = table.files.open(&path, Some(mode)).unwrap_err();
        assert_eq!(
            error.desc,
            format!("failed to open file '{path}' (mode: '{mode}'): No such file or directory")
        );
    }
}

#[test]
fn reading_tells_the_end_only_when_it_met_it() {
    let table = Table::new();
    fs::write(table.path("five"), "hello").unwrap();
    let handle = table.open("five", "r");
    assert_eq!(table.read(handle, 0), (String::new(), false));
    assert_eq!(table.read(handle, 5), ("aGVsbG8=".to_owned(), false));
    assert_eq!(table.read(handle, None), (String::new(), true));
    table.files.seek(handle, -1, &GuestFileWhence::Value(2)).unwrap();
    assert_eq!(table.read(handle, None), ("bw==".to_owned(), true));
}

#[test]
fn reading_takes_4_kib_by_default_and_48_mib_at_most() {
    let table = Table::new();
    fs::write(table.path("large"), vec![0; 5000]).unwrap();
    let handle = table.open("large", "r");
    assert_eq!(table.files.read(handle, None).unwrap().count, 4096);
    assert_eq!(table.files.read(handle, Some(LARGEST_READ)).unwrap().count, 904);
    for count in [-1, i64::MIN, LARGEST_READ + 1, i64::MAX] {
        let error = table.files.read(handle, Some(count)).unwrap_err();
        assert_eq!(error.desc, format!("value '{count}' is invalid for argument count"));
    }
}

#[test]
fn writing_part_of_what_was_sent() {
    let table = Table::new();
    let handle = table.open("file", "w+");
    let write = |count| table.files.write(handle, "aGVs\nbG8", count).map(|done| done.count);
    assert_eq!(write(Some(3)), Ok(3));
    assert_eq!(write(None), Ok(5));
    assert_eq!(write(Some(0)), Ok(0));
    for count in [-1, 6, i64::MAX] {
        let error = write(Some(count)).unwrap_err();
        assert_eq!(error.desc, format!("value '{count}' is invalid for argument count"));
    }
    assert_eq!(fs::read_to_string(table.path("file")).unwrap(), "helhello");
}

#[test]
fn base64_that_is_none() {
    let table = Table::new();
    let handle = table.open("file", "w");
    for text in ["*", "a", "=", "YQ==YQ==", "YQ=a", "Y Q", "YQ-_", "é"] {
        let error = table.files.write(handle, text, None).unwrap_err();
        assert_eq!(error.desc, "Base64 data contains invalid characters", "{text}");
    }
    assert_eq!(table.files.write(handle, "", None).unwrap().count, 0);
}

#[test]
fn seeking_by_number_and_by_name() {
    let table = Table::new();
    fs::write(table.path("ten"), "0123456789").unwrap();
    let handle = table.open("ten", "r");
    let seek = |offset, whence| table.files.seek(handle, offset, &whence).map(|at| at.position);
    assert_eq!(seek(4, GuestFileWhence::Value(0)), Ok(4));
    assert_eq!(seek(-1, GuestFileWhence::Name(QGASeek::Cur)), Ok(3));
    assert_eq!(seek(-1, GuestFileWhence::Name(QGASeek::End)), Ok(9));
    assert_eq!(seek(100, SET), Ok(100));
    let text = |error: qapi_runtime::Error| error.desc;
    let invalid = Err("failed to seek file: Invalid argument".to_owned());
    assert_eq!(seek(-1, SET).map_err(text), invalid);
    assert_eq!(seek(-101, GuestFileWhence::Value(1)).map_err(text), invalid);
    assert_eq!(
        seek(0, GuestFileWhence::Value(7)).map_err(text),
        Err("invalid whence code 7".to_owned())
    );
}

#[test]
fn handles_that_are_not_open() {
    let table = Table::new();
    let handle = table.open("file", "w");
    table.files.close(handle).unwrap();
    let files = &table.files;
    for error in [
        files.close(handle).unwrap_err(),
        files.flush(handle).unwrap_err(),
        files.read(handle, Some(-1)).unwrap_err(),
        files.write(handle, "*", None).unwrap_err(),
        files.seek(handle, 0, &GuestFileWhence::Value(7)).unwrap_err(),
    ] {
        assert_eq!(error.desc, format!("handle '{handle}' has not been found"));
    }
    assert_eq!(table.open("file", "r"), handle + 1, "handles are not used again");
}

#[test]
fn handles_are_bounded() {
    let table = Table::new();
    fs::write(table.path("file"), "").unwrap();
    let handles: Vec<i64> = (0..MOST_FILES).map(|_| table.open("file", "r")).collect();
    assert!(table.files.open(&table.path("file"), None).is_err());
    table.files.close(handles[7]).unwrap();
    table.open("file", "r");
}

#[test]
fn pipes_never_wait() {
    let table = Table::new();
    mkfifoat(CWD, Path::new(&table.path("pipe")), Mode::RUSR | Mode::WUSR).unwrap();
    let alone = table.files.open(&table.path("pipe"), Some("w")).unwrap_err();
    assert!(alone.desc.ends_with("No such device or address"), "{alone}");
    let reader = table.open("pipe", "r");
    assert_eq!(table.read(reader, None), (String::new(), true), "nobody writes");
    let writer = table.open("pipe", "w");
    let empty = table.files.read(reader, None).unwrap_err();
    assert_eq!(empty.desc, "failed to read file: Resource temporarily unavailable");
    table.files.write(writer, "aGVsbG8=", None).unwrap();
    assert_eq!(table.read(reader, 100), ("aGVsbG8=".to_owned(), false));
    let seek = table.files.seek(reader, 0, &SET).unwrap_err();
    assert_eq!(seek.desc, "failed to seek file: Illegal seek");
}

#[test]
fn a_full_pipe_takes_what_fits() {
    let table = Table::new();
    mkfifoat(CWD, Path::new(&table.path("pipe")), Mode::RUSR | Mode::WUSR).unwrap();
    let both = table.open("pipe", "r+");
    let megabyte = "AAAA".repeat(350_000);
    let written = table.files.write(both, &megabyte, None).unwrap().count;
    assert!((4096..1_050_000).contains(&written), "{written}");
    let full = table.files.write(both, "AAAA", None).unwrap_err();
    assert_eq!(full.desc, "failed to write to file: Resource temporarily unavailable");
    assert_eq!(table.files.read(both, Some(LARGEST_READ)).unwrap().count, written);
}

#[test]
fn what_the_system_refuses() {
    let table = Table::new();
    fs::write(table.path("file"), "x").unwrap();
    let reader = table.open("file", "r");
    let error = table.files.write(reader, "QQ==", None).unwrap_err();
    assert_eq!(error.desc, "failed to write to file: Bad file descriptor");
    let writer = table.open("file", "a");
    let error = table.files.read(writer, None).unwrap_err();
    assert_eq!(error.desc, "failed to read file: Bad file descriptor");
    let folder = table.files.open(&table.path(""), Some("r")).unwrap();
    let error = table.files.read(folder, None).unwrap_err();
    assert_eq!(error.desc, "failed to read file: Is a directory");
    let error = table.files.open("a\0b", None).unwrap_err();
    assert!(error.desc.starts_with("failed to open file 'a\0b' (mode: 'r'): "), "{error}");
}
