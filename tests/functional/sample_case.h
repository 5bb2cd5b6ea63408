// The sample case, copied so that a test can change it, and the answers of `heyan verify` as JSON.
//
// JSON is read and written by a library that is not ours: what we write must be readable by others.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/functional/process.h"

namespace heyan::functional {

using Json = nlohmann::json;

inline constexpr std::string_view kAt = "2026-12-01T00:00:00Z";  // after every block of the sample

std::string sample_folder();  // gateway/sample
std::string sample_trust();   // its trust list

// A copy of the sample's case in a folder of its own.
class SampleCase {
 public:
  SampleCase();

  Json document;                        // case.json; save() writes it
  Json& item(std::string_view id);      // fails the test where there is none
  void keep_only(std::string_view id);  // drops every other item
  void save() const;
  void save_text(std::string_view text) const;  // any bytes as case.json
  // A file beneath the case, with the folders on the way to it.
  std::string write(std::string_view path, std::string_view bytes) const;
  std::string path() const { return folder_ / "case"; }
  std::string operator/(std::string_view name) const { return path() + "/" + std::string(name); }

 private:
  TemporaryFolder folder_;
};

// heyan verify CASE --trust (the sample's) --at kAt --format json MORE...
Outcome verify(const std::string& path, std::vector<std::string> more = {});

// The same; the exit status must be `status`. Null where nothing readable came out.
Json verified(const std::string& path, int status, std::vector<std::string> more = {});

// The item of that id in a report.
Json item_of(const Json& report, std::string_view id);
std::string verdict_of(const Json& report, std::string_view id);
// Codes that bear on the verdict ("effect" other than NONE), each once, sorted.
std::vector<std::string> codes_of(const Json& item);
// Outcome of one of the 25 checks.
std::string check_of(const Json& item, std::string_view check);

// Lower-case hex, by our library (the functional tests of `heyan hash` compare it with sha256sum).
std::string sha256_hex(std::string_view bytes);

}  // namespace heyan::functional
