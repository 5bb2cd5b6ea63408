// A court's filing system: a client of the gateway over mutual TLS, by libcurl. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heyan::faults {

class Gateway;

struct Answer {
  int status = 0;  // 0: there was none
  std::string body;

  // A text member of a JSON answer, wherever it stands; empty where there is none.
  std::string member(std::string_view name) const;
  // None, not now, or: the gateway is still at what an earlier request had brought.
  bool is_to_be_repeated() const;
};

// A case as it is filed: case.json first.
struct Case {
  std::vector<std::pair<std::string, std::string>> files;  // path, bytes
  // One item of the sample, with proof; `purpose` makes each another.
  static Case of_sample(const std::string& item, const std::string& purpose);
  std::string& content(std::string_view path);
};

class CourtSystem {
 public:
  explicit CourtSystem(const Gateway& gateway,
                       std::chrono::milliseconds patience = std::chrono::milliseconds(60'000));
  ~CourtSystem();
  CourtSystem(const CourtSystem&) = delete;
  CourtSystem& operator=(const CourtSystem&) = delete;

  Answer get(const std::string& path, const std::vector<std::string>& fields = {});
  Answer post(const std::string& path, const std::string& body,
              const std::vector<std::string>& fields);
  Answer file(const Case& filed, const std::string& idempotency_key);
  // Asks until the submission is DONE or REJECTED, or the time is over.
  Answer await(const std::string& id, std::chrono::seconds longest = std::chrono::seconds(60));
  std::string signed_report(const std::string& number);  // empty: not to be had

 private:
  struct Parts;
  Answer perform(const std::string& path, const std::vector<std::string>& fields);
  std::unique_ptr<Parts> parts_;
};

}  // namespace heyan::faults
