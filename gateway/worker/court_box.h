// Messages of courts' systems: read in the box, and answered there. For box.cc, render.cc and the
// command line's own box.
//
// Threat: message and parts are an attacker's; see court_adapters/adapter.h. Inside the sandbox;
// one job.
#pragma once

#include <span>

#include "court_adapters/adapter.h"
#include "gateway/ipc/channel.h"
#include "gateway/os/folder.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {

// The adapters that this installation has switched on, and what it says to them.
class CourtBench {
 public:
  // By adapter's id.
  using Courts = std::map<std::string, court_adapters::Settings, std::less<>>;
  explicit CourtBench(Courts courts) : courts_(std::move(courts)) {}

  // Why these courts are no configuration, as a sentence with a remedy; empty: they are.
  std::string fault() const;

  // Null where it is not switched on.
  const court_adapters::CourtAdapter* find(std::string_view id) const;
  const court_adapters::Settings& settings(std::string_view id) const;

 private:
  Courts courts_;
};

v1::Defects to_message(std::span<const contents::Defect> defects);

// False: the asker asked for what is not there, or what it wants could not be said. Where it is
// gone nothing went wrong.
bool read_message(const CourtBench& courts, os::OpenFile message, const v1::ReadMessage& request,
                  ipc::Channel& channel);
bool answer_message(const CourtBench& courts, os::OpenFile message,
                    const v1::AnswerMessage& request, ipc::Channel& channel);

// The answer with a report. Nothing: no such adapter.
struct CourtReport {
  const v1::Report& report;
  std::string link;
  court_adapters::Rendition rendition;
};
std::optional<v1::CourtAnswer> encode_report(const CourtBench& courts, os::OpenFile message,
                                             const v1::AnswerMessage& request,
                                             const CourtReport& report);

}  // namespace heyan::worker
