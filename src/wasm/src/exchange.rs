//! Where requests and answers lie in the module's memory.
//!
//! The page writes a request with one call of its encoder and reads the answer with one of its decoder, through views that it keeps.
//! So nothing is counted there: a request ends where nothing was written, and an answer is filled up to whole kilobytes, of which
//! there are few lengths. The page's side is `cosellModule/exchange.js`.

/// Stands where nothing was written; no text in UTF-8 has such a byte.
const UNWRITTEN: u8 = 0xff;

/// An encoder stops before a letter that doesn't fit: when fewer bytes than the longest letter has are left, one may be missing.
const LONGEST_LETTER: usize = 4;

/// Answers are whole blocks of so many bytes.
const BLOCK: usize = 1024;

/// A place for a request and one for an answer.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Exchange {
    /// Makes room of so many bytes, a few more than a request will have, and says where.
    pub(crate) fn room(&mut self, bytes: usize) -> *const u8 {
        self.request.clear();
        self.request.resize(bytes, UNWRITTEN);
        self.request.as_ptr()
    }

    /// Where the last answer stands, and every one after it that is no longer than the longest so far.
    pub(crate) fn answer(&self) -> *const u8 {
        self.answer.as_ptr()
    }

    /// Answers the request that was written, and tells the blocks of the answer: none where nothing was written, since the view of
    /// a memory that has grown takes nothing, or where something may be missing.
    pub(crate) fn ask(&mut self, answer: impl FnOnce(&[u8]) -> String) -> usize {
        let length = self.request.iter().position(|byte| *byte == UNWRITTEN).unwrap_or_default();
        let Some((request, rest)) = self.request.split_at_mut_checked(length) else { return 0 };
        if length == 0 || rest.len() < LONGEST_LETTER {
            return 0;
        }
        let text = answer(request);
        request.fill(UNWRITTEN);
        // Into the same place as before, where the page's views are.
        self.answer.clear();
        self.answer.extend_from_slice(text.as_bytes());
        let blocks = self.answer.len().div_ceil(BLOCK);
        self.answer.resize(blocks * BLOCK, b' ');
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(exchange: &mut Exchange, request: &[u8], answer: &str) -> usize {
        exchange.request[..request.len()].copy_from_slice(request);
        exchange.ask(|arrived| {
            assert_eq!(arrived, request);
            answer.to_owned()
        })
    }

    #[test]
    fn an_answer_is_filled_up_to_whole_blocks() {
        let mut exchange = Exchange::default();
        exchange.room(20);
        for (length, blocks) in [(1, 1), (BLOCK, 1), (BLOCK + 1, 2)] {
            let text = "x".repeat(length);
            assert_eq!(asked(&mut exchange, "tide ⚓".as_bytes(), &text), blocks);
            assert_eq!((exchange.answer.len(), str::from_utf8(&exchange.answer).unwrap().trim_end()), (blocks * BLOCK, &*text));
        }
    }

    #[test]
    fn a_request_that_did_not_arrive_or_fills_its_room_is_not_answered() {
        let mut exchange = Exchange::default();
        assert_eq!(exchange.ask(|_| panic!("nothing arrived")), 0);
        exchange.room(12);
        assert_eq!(exchange.ask(|_| panic!("nothing arrived")), 0);
        assert_eq!(asked(&mut exchange, b"12345678", "{}"), 1);
        // What was answered is not answered again.
        assert_eq!(exchange.ask(|_| panic!("nothing arrived")), 0);
        exchange.request[..9].copy_from_slice(b"123456789");
        assert_eq!(exchange.ask(|_| panic!("nothing arrived")), 0);
    }
}
