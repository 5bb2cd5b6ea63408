// What the adapters of both versions do alike: they differ in how answers are written.
#pragma once

#include "court_adapters/ecf/message.h"

namespace heyan::court_adapters::ecf {

struct Told {
  std::string place;
  int number = 0;  // ErrorCodeText; 0: nothing is wrong, and something is remarked
  std::string text;
};

// What a synchronous answer says.
struct Status {
  const char* code = "Success";  // MessageStatusCode of 5.0
  std::int64_t at_ms = 0;
  std::string id = {};      // of the answer
  std::string filing = {};  // our id of the filing; empty: none was made
  std::vector<Told> told = {};
};

class EcfAdapter : public CourtAdapter {
 public:
  std::span<const std::string_view> settings() const final;
  std::expected<Filing, std::vector<Defect>> decode(const Request& request,
                                                    const core::Limits& limits) const final;
  // A SOAP fault where no operation can be read, else a status.
  Answer acknowledge(const Request& request, const Accepted& accepted) const final;
  Answer reject(const Request& request, std::span<const Defect> defects) const final;
  // The callback once there is a report, else a status.
  Answer encode(const Request& request, const Outcome& outcome) const final;

 protected:
  explicit EcfAdapter(Version version) : names_(names(version)) {}

 private:
  virtual Answer write_status(const Request& request, const Message& message,
                              const Status& status) const = 0;
  virtual Answer write_callback(const Request& request, const Message& message,
                                const Outcome& outcome) const = 0;

  const Names& names_;
};

}  // namespace heyan::court_adapters::ecf
