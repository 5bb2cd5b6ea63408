// Bytes and descriptors over one end of a socket pair, each call with a deadline.
//
// Threat: the other end may be a process that was taken over. It can send descriptors with any byte
// and in any number; every one that arrives is owned here at once, so that none stays open by
// mistake, and more than were asked for is an error. SIGPIPE is never raised. For Channel alone.
#pragma once

#include <array>
#include <span>

#include "gateway/ipc/deadline.h"
#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::ipc {

// How far a call came, whatever ended it.
struct Transfer {
  std::size_t bytes = 0;
  core::Result<void> result;  // kNotFound: the other end is closed; kIo with kNoAnswer; kIo
};

inline constexpr std::string_view kNoAnswer = "no answer in time";

// Sends head and body, and `descriptor` (unless -1) with the first byte. Blocking or not, the
// socket is waited for until the deadline.
Transfer send_all(int socket, core::ByteView head, core::ByteView body, int descriptor,
                  Deadline deadline);

// Fills `into`. Descriptors are refused (kMalformed) unless `descriptor` is given and is the place
// of the one that came.
Transfer receive_all(int socket, std::span<std::uint8_t> into, os::Descriptor* descriptor,
                     Deadline deadline);

}  // namespace heyan::ipc
