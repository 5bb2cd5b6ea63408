// Submissions that come as messages of courts' systems, and the answers in the same form.
//
// A message becomes a case in the box; from there on it is received, kept, receipted and judged as
// any other. Message and parts are kept as they came, beneath kMessageFolder, and stand on the
// receipt. Threat: see acceptance.h and gateway/ipc/court_message.h. Any thread.
#pragma once

#include "gateway/ipc/court_message.h"
#include "gateway/service/acceptance.h"
#include "gateway/service/rendering.h"

namespace heyan::service {

// No path of a case begins so where it came as a message.
inline constexpr std::string_view kMessageFolder = "court-message/";
inline constexpr std::string_view kMessageFile = "court-message/message";
// Of the part of that number, while it is received and where no file of the case is made of it.
std::string part_file(std::size_t part);

struct Message {
  v1::CourtMessage message;
  std::string
      key;  // of the request; empty: the sender's name for the message is it, or all that was sent
};

struct Taken {
  v1::CourtAnswer answer;
  std::optional<Accepted> accepted;  // nothing: it was refused, or a question; `answer` says it
  bool question = false;
};

// `staged` holds kMessageFile and part_file(N) for each part, and nothing else. An error is ours,
// or of the request as such: kIo, kLimit; then nothing was taken.
core::Result<Taken> take_message(const Acceptance& with, const std::string& id, Staged& staged,
                                 v1::Session session, const Message& message);

// What the sender is told who asks for the result. Nothing: the submission came otherwise, or from
// another adapter.
core::Result<std::optional<v1::CourtAnswer>> answer_about(const Acceptance& with,
                                                          const Renderers& renderers,
                                                          const store::Submission& submission,
                                                          std::string_view adapter,
                                                          std::string_view language);

// The same for a delivery of kOwnAnswer (webhook_events.h).
// kNotFound: its submission did not come so.
core::Result<v1::CourtAnswer> own_answer(const Acceptance& with, const Renderers& renderers,
                                         const store::Delivery& delivery,
                                         std::string_view language);

}  // namespace heyan::service
