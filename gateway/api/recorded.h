// What the front's audit trail holds of a request, and that its answer does not begin before that
// is on the disk.
//
// Recorded are sign-ins and what people do to their accounts, who reads which case, file, report or
// list, what is filed, asked for and withdrawn, and every refusal to somebody who is known for want
// of a right. Not recorded are states and streams of states (no content of a case), what anybody
// may read, and requests of nobody. The role is the purpose: a clerk reads by office, within the
// court (PIPL 33 to 36), and so does a judge, of a court that assigns its cases only what is
// assigned. Who reads beyond that says why first.
//
// What takes effect at once, such as a hold or a password, is on the disk as asked for before it
// does (ask_ahead): where it cannot be recorded nothing happens, and no retry makes the trail say
// the opposite of what did.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "gateway/api/caller.h"
#include "gateway/api/observer.h"
#include "gateway/audit/trail.h"
#include "gateway/front/exchange.h"

namespace heyan::api {

// Of /v1/… and /courts/…, and of /v1/session…; nothing where it is recorded only if it is refused.
std::optional<audit::Event> event_of(http::Method method, std::span<const std::string> path);

// It takes effect before its own record is written. Not those of filing: what is accepted has a
// record by then (service::Acceptance), and what is not is nothing yet. Nor a broken glass, which
// is recorded ahead by its own name, nor the end of a session, which nobody is to be kept from.
bool is_asked_ahead(audit::Event event);

class Recorded final : public front::Exchange {
 public:
  Recorded(front::Exchange& exchange, audit::Trail& trail, Observer& observer);

  // Who asks, once that is known.
  void by(const std::string& account, std::string_view role);
  // The file of the submission, by SHA-256 of its path: a name may be a person's.
  void about_file(std::string_view path);
  void about(std::string_view name, core::json::Value value);
  // It came to nothing, whatever the answer's status is.
  void failed() { failed_ = true; }
  // A sign-in that was tried: a password was looked at, or a provider sent somebody back who had
  // begun here. What comes to neither is recorded of nobody, for anybody can send it.
  void tried() { tried_ = true; }
  // A record of what is about to be done, with what is known by now, before it is: the answer's own
  // says what came of it. False: it could not be recorded, and must not be done.
  front::Task<bool> record_ahead(audit::Event event);
  // Likewise of a request that changes something, before its handler is called (kChangeAsked); of
  // others, and of what is_asked_ahead says no to, nothing.
  front::Task<bool> ask_ahead();
  // Who sends it is looked at again while its body comes, every few seconds, and at the body's end:
  // read_body fails with what `look` says, so that no handler takes for whole what was sent without
  // the right to. `look` blocks; any thread.
  void look_again(std::function<core::Result<void>()> look) { look_ = std::move(look); }
  // Likewise, now, before something is finalised that took long. Blocks.
  core::Result<void> look() const { return look_ ? look_() : core::Result<void>(); }
  // There are too many of its kind.
  void leave_out() { left_out_ = true; }

  const http::RequestHead& head() const override { return exchange_.head(); }
  const front::Peer& peer() const override { return exchange_.peer(); }
  front::Workers& workers() override { return exchange_.workers(); }
  bool stopping() const override { return exchange_.stopping(); }
  void concerns(std::string submission) override;
  void limit_body(std::uint64_t bytes) override { exchange_.limit_body(bytes); }
  void stop_body_when(std::function<bool()> asked) override {
    exchange_.stop_body_when(std::move(asked));
  }
  front::Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> space) override;
  front::Task<core::Result<void>> answer(http::Answer answer) override;
  front::Task<core::Result<void>> answer_file(http::Answer answer, os::Descriptor file,
                                              std::uint64_t offset, std::uint64_t size) override;
  front::Task<core::Result<void>> begin_stream(http::Answer answer) override;
  front::Task<core::Result<void>> send(core::ByteView piece) override {
    return exchange_.send(piece);
  }
  front::Task<core::Result<void>> end_stream() override { return exchange_.end_stream(); }

 private:
  // False: it could not be recorded.
  front::Task<bool> append(const audit::Entry& entry);
  front::Task<bool> record(std::uint16_t status);
  front::Task<core::Result<void>> cannot_record();
  bool is_to_be_recorded(std::uint16_t status) const;

  front::Exchange& exchange_;
  audit::Trail& trail_;
  Observer& observer_;
  std::function<core::Result<void>()> look_;
  std::chrono::steady_clock::time_point looked_ = std::chrono::steady_clock::now();
  std::optional<audit::Event> event_;
  audit::Entry entry_;
  bool failed_ = false;
  bool tried_ = false;
  bool asked_ = false;  // ask_ahead wrote of it, and so what came of it is recorded
  bool left_out_ = false;
  bool done_ = false;
};

}  // namespace heyan::api
