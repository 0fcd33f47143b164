//! Input that nobody wrote: tokens of the protocol in any order. Neither end may panic, and the
//! pieces in which bytes arrive must not matter.

use super::client::Rig as ClientRig;
use super::server::Rig as ServerRig;
use qapi_runtime::Capabilities;
use qapi_runtime::protocol::{ClientConfig, Config};

const TOKENS: [&[u8]; 40] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\n",
    b" ",
    b"\xff",
    b"\xfe",
    b"\x00",
    b"\"",
    b"'",
    b"\\",
    b"\"id\"",
    b"\"execute\"",
    b"\"exec-oob\"",
    b"\"arguments\"",
    b"\"guest-ping\"",
    b"\"double\"",
    b"\"value\"",
    b"\"return\"",
    b"\"error\"",
    b"\"event\"",
    b"\"QMP\"",
    b"\"capabilities\"",
    b"\"version\"",
    b"\"class\"",
    b"1000",
    b"-1",
    b"1.5",
    b"null",
    b"true",
    b"x",
    b"{\"execute\":\"guest-ping\"}",
    b"{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":1}}",
    b"{\"execute\":\"qmp_capabilities\",\"arguments\":{\"enable\":[\"oob\",\"events\"]}}",
    b"{\"execute\":\"tell-all\"}",
    b"{\"return\":1000}",
    b"{\"return\":{},\"id\":\"3e8-1\"}",
];

/// A generator whose numbers are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn noise(&mut self) -> Vec<u8> {
        let count = self.below(80);
        (0..count).flat_map(|_| TOKENS[self.below(TOKENS.len())]).copied().collect()
    }
}

#[test]
fn a_server_says_the_same_however_noise_is_cut() {
    let mut numbers = Numbers(1);
    for _ in 0..3000 {
        let noise = numbers.noise();
        let defaults = || ["oob"].into_iter().collect::<Capabilities>();
        let config = || Config { defaults: defaults(), ..Config::default() };
        let (mut whole, mut cut) = (ServerRig::new(config()), ServerRig::new(config()));
        whole.hear(&noise);
        let length = 1 + numbers.below(5);
        noise.chunks(length).for_each(|piece| cut.hear(piece));
        assert_eq!(whole.take_said(), cut.take_said(), "{}", noise.escape_ascii());
    }
}

#[test]
fn a_client_learns_the_same_however_noise_is_cut() {
    let mut numbers = Numbers(2);
    for _ in 0..3000 {
        let noise = numbers.noise();
        let config = || ClientConfig { seed: 1000, ..ClientConfig::default() };
        let (mut whole, mut cut) = (ClientRig::new(config()), ClientRig::new(config()));
        whole.client().begin();
        cut.client().begin();
        whole.hear(&noise);
        let length = 1 + numbers.below(5);
        noise.chunks(length).for_each(|piece| cut.hear(piece));
        let learnt = |rig: &mut ClientRig| {
            let learnt: Vec<String> = std::iter::from_fn(|| rig.next_learnt()).collect();
            (learnt, rig.client().take_output())
        };
        assert_eq!(learnt(&mut whole), learnt(&mut cut), "{}", noise.escape_ascii());
    }
}
