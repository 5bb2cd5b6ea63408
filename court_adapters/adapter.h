// A court's system: what a folder beneath court_adapters implements, so that a court can send what
// it already has and gets the answer in its own form. CMake finds the folders; nobody edits a list.
//
// Threat: messages are hostile. Implementations run in the box, never throw, never exceed
// core::Limits, open no file or connection, and fetch nothing. What they say is declared, as
// case.json is: it reaches the judge as a Submission that is read again, and never counts as proof.
// Pure, stateless, immutable, usable from any thread.
//
// A folder NAME holds adapter.cc with `const heyan::court_adapters::CourtAdapter&
// heyan::court_adapters::NAME::adapter();`.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "heyan/v1/report.pb.h"
#include "heyan/v1/submission.pb.h"
#include "verifier/contents/byte_source.h"
#include "verifier/contents/submission_reader.h"
#include "verifier/core/limits.h"

namespace heyan::court_adapters {

// `pointer`: the place, as the format itself has places: a JSON pointer, a path of XML elements, a
// row and column, a name in a container. Codes are kebab-case; each adapter's page lists its own.
using contents::Defect;

// What came along with a message: a MIME part, or a field of a form.
struct Part {
  std::string name;          // Content-ID without "<>", or the field's name; unique in a request
  std::string file_name;     // as sent, to be shown only; empty: none
  std::string content_type;  // as sent; empty: none
  const contents::ByteSource* bytes = nullptr;  // never null; outlives the request
};

// What the installation says about one court's system: names and texts of [court.NAME].
using Settings = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Request {
  std::string path;                               // beneath the mount: "" or "layy"
  std::string content_type;                       // of the message, as sent
  const contents::ByteSource* message = nullptr;  // never null
  std::span<const Part> parts;                    // without the message
  std::int64_t received_at_ms = 0;
  const Settings* settings = nullptr;  // never null
};

// Where the bytes of a path lie that a submission names.
using Write = std::function<core::Result<void>(core::ByteView)>;
struct File {
  std::string path;
  // The part of that index, whole; or what the function writes: taken out of the message.
  std::variant<std::size_t, std::function<core::Result<void>(const Write&)>> from;
};

// What the adapter learnt of the message and no proof says: it is told to the court and to the
// reader, and touches no verdict.
struct Remark {
  std::string item;     // Item.id; empty: of the message
  std::string code;     // kebab-case, of the adapter's list
  std::string pointer;  // where
  std::string detail;   // English sentence
};

// What later questions can be answered from: the value that this filing names under a key, as an
// operator's transaction and the fingerprint that it records. Both at most kKnownBytes.
struct Known {
  std::string key;
  std::string value;
};
inline constexpr std::size_t kKnownBytes = 256;
inline constexpr std::size_t kMostKnown = 16;  // of one filing, and of one question's answer

struct Filing {
  v1::Submission submission;
  std::string message_id;       // the sender's name for this message; empty: it has none
  std::vector<File> files;      // one for each path that the submission names
  std::vector<Remark> remarks;  // in the order of the message
  std::vector<Known> known;
};

// A message that is a question about what was filed before.
struct Question {
  std::string key;
};

// An answer over HTTP, or the body of a call to the court's address.
struct Answer {
  int status = 200;
  std::string content_type;
  std::string body;
};

// A submission of ours that came as a message.
struct Accepted {
  std::string submission;       // its id here
  std::int64_t at_ms = 0;       // when it was received
  std::string receipt;          // compact JWS
  bool repeated = false;        // the same message came before
  std::vector<Remark> remarks;  // as decode() made them
};

// The signed report in one of its forms: "pdf" "html" "xml" "zip" "jws" "asic". kUnsupported,
// kLimit.
using Rendition = std::function<core::Result<std::string>(std::string_view form)>;

// How far it has come. Without `report` it is being verified, or could not be.
struct Outcome {
  Accepted accepted;
  std::string language = "zh";         // of what people read: "zh" "en"
  bool failed = false;                 // no report will come
  const v1::Report* report = nullptr;  // what the signed report says
  std::string link;                    // of the report, a path beneath this server's address
  Rendition rendition;                 // set where there is a report
};

class CourtAdapter {
 public:
  virtual ~CourtAdapter() = default;

  // The folder's name; the mount is /courts/ID.
  virtual std::string_view id() const = 0;
  // One line for `heyan adapters`: whose messages, which version.
  virtual std::string_view title() const = 0;
  // Names in Settings that it reads; another one in the configuration is an error.
  virtual std::span<const std::string_view> settings() const { return {}; }

  // The filing, or all defects of the message (never an empty list).
  virtual std::expected<Filing, std::vector<Defect>> decode(const Request& request,
                                                            const core::Limits& limits) const = 0;

  // Before decode(): whether it is a question, and then which. Defects of a question, never an
  // empty list.
  virtual std::expected<std::optional<Question>, std::vector<Defect>> ask(
      const Request& request, const core::Limits& limits) const {
    static_cast<void>(request);
    static_cast<void>(limits);
    return std::nullopt;
  }
  // The answer to a question: `values` are those that reported filings of the asking court named
  // under its key, the newest first; empty: none did.
  virtual Answer tell(const Request& request, std::span<const std::string> values) const {
    static_cast<void>(values);
    return reject(request, {});
  }

  // The answers to a message. Each gets the message again, as much of it as was kept: `parts` may
  // be missing. A message that cannot be read is answered too.
  virtual Answer acknowledge(const Request& request, const Accepted& accepted) const = 0;
  virtual Answer reject(const Request& request, std::span<const Defect> defects) const = 0;
  // What a court gets that asks for the result, or is called back.
  virtual Answer encode(const Request& request, const Outcome& outcome) const = 0;
};

// Every adapter that was built in, in the order of their folders' names.
std::span<const CourtAdapter* const> all();

// The one of that id, or null.
const CourtAdapter* find(std::string_view id);

}  // namespace heyan::court_adapters
