use qapi_agent::Access;
use qapi_agent::power::{Mode, Power, Recording};

#[test]
fn nothing_said_allows_everything() {
    assert!(Access::default().allows("guest-exec"));
}

#[test]
fn an_allow_list_forbids_the_rest() {
    let access = Access::default().allow(["guest-ping"]).allow(["guest-info"]);
    assert!(access.allows("guest-ping") && access.allows("guest-info"));
    assert!(!access.allows("guest-sync"));
}

#[test]
fn blocking_wins_over_allowing() {
    let access = Access::default().allow(["guest-ping", "guest-exec"]).block(["guest-exec"]);
    assert!(access.allows("guest-ping"));
    assert!(!access.allows("guest-exec"));
}

#[test]
fn shutdown_modes_are_those_of_qemu_ga() {
    let mode = |text| Mode::from_argument(text);
    assert_eq!(mode(None), Ok(Mode::Powerdown));
    assert_eq!(mode(Some("halt")), Ok(Mode::Halt));
    assert_eq!(mode(Some("reboot")), Ok(Mode::Reboot));
    assert_eq!(
        mode(Some("Halt")).unwrap_err().desc,
        "mode is invalid (valid values are: halt|powerdown|reboot"
    );
}

#[test]
fn a_recording_power_does_nothing_but_record() {
    let power = Recording::default();
    power.shut_down(Mode::Reboot).unwrap();
    assert_eq!(power.requests(), [Mode::Reboot]);
}
