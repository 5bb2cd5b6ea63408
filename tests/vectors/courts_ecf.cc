// Kinds of topic courts: XML as such, and messages of Electronic Court Filing.
#include <algorithm>
#include <array>

#include "court_adapters/ecf/filing.h"
#include "gateway/http/related.h"
#include "tests/vectors/kinds.h"
#include "verifier/checks/digests.h"

namespace heyan::vectors {

std::span<const Kind> courts_ecf();

namespace {

namespace adapters = court_adapters;
namespace ecf = court_adapters::ecf;

// How this adapter's codes are called in FORMAT.md.
struct Code {
  std::string_view ours;
  std::string_view theirs;
};
constexpr std::array kCodes = {
    Code{"not-well-formed", "NOT_WELL_FORMED"},
    Code{"wrong-encoding", "ENCODING"},
    Code{"document-type", "DOCTYPE"},
    Code{"xinclude", "XINCLUDE"},
    Code{"limit", "NESTING_LIMIT"},
    Code{"schema-invalid", "SCHEMA"},
    Code{"duplicate-id", "DUPLICATE_ID"},
    Code{"unknown-namespace", "UNKNOWN_NAMESPACE"},
    Code{"dangling-reference", "DANGLING_REFERENCE"},
    Code{"bad-base64", "BASE64"},
    Code{"unknown-code", "CODE_LIST"},
    Code{"no-message-id", "ECF_RULE"},
    Code{"bad-message-id", "ECF_RULE"},
    Code{"repeated-attachment", "ECF_RULE"},
    Code{"bad-hash", "ECF_RULE"},
    Code{"no-document", "ECF_RULE"},
    Code{"unknown-operation", "ECF_RULE"},
    Code{"several-filings", "ECF_RULE"},
    Code{"no-envelope", "ECF_RULE"},
    Code{"must-understand", "ECF_RULE"},
    Code{"unknown-profile", "PROFILE_UNKNOWN"},
    Code{"part-missing", "PART_MISSING"},
    Code{"part-unreferenced", "PART_UNREFERENCED"},
    Code{"duplicate-part", "DUPLICATE_PART"},
    Code{"content-type-mismatch", "CONTENT_TYPE_MISMATCH"},
    Code{"remote-document", "HOST_NOT_ALLOWED"},
    Code{"size-mismatch", "SIZE_MISMATCH"},
    Code{"hash-algorithm-refused", "ALGORITHM_REFUSED"},
};
constexpr std::array<std::string_view, 7> kSchemaCodes = {
    "not-well-formed", "wrong-encoding",    "document-type", "xinclude",
    "schema-invalid",  "unknown-namespace", "duplicate-id"};

void add(KindResult& result, const adapters::Defect& defect) {
  const auto code = std::ranges::find(kCodes, defect.code, &Code::ours);
  result.reasons.insert(code == kCodes.end() ? defect.code : std::string(code->theirs));
  result.output += defect.pointer + " " + defect.code + " " + defect.detail + "\n";
}

void add(KindResult& result, const markup::Problem& problem) {
  ecf::Defects defects;
  ecf::add(defects, problem);
  add(result, defects.front());
}

ecf::Version version_of(const KindCase& one) {
  return one.text("version") == "5.0" ? ecf::Version::k50 : ecf::Version::k401;
}

KindResult run_xml_intake(const KindCase& one) {
  KindResult result;
  const auto read = markup::Document::read(one.input("document").value_or(core::Bytes()));
  result.result = read ? "accept" : "reject";
  if (!read) add(result, read.error());
  return result;
}

KindResult run_ecf_schema(const KindCase& one) {
  KindResult result;
  const auto read = markup::Document::read(one.input("message").value_or(core::Bytes()));
  if (!read) {
    result.result = "invalid";
    add(result, read.error());
    return result;
  }
  const auto problems = ecf::schemas(version_of(one)).validate(read->root());
  result.result = problems.empty() ? "valid" : "invalid";
  for (const auto& problem : problems) add(result, problem);
  return result;
}

// A document's file, as it came.
struct Found {
  std::string name;  // Content-ID, or a number
  const ecf::Attachment* attachment = nullptr;
  std::optional<core::Bytes> bytes;
};

// What the judge's own comparison says of it.
std::string result_of(const Found& found) {
  using Form = ecf::HashText::Form;
  if (found.attachment->hash.form == Form::kRefused) return "algorithm-refused";
  if (found.bytes && found.attachment->size && *found.attachment->size != found.bytes->size()) {
    return "size-mismatch";
  }
  if (found.attachment->hash.sha256.empty() || !found.bytes) return "no-hash";
  v1::Digest stated;
  stated.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  stated.set_value(core::to_string(found.attachment->hash.sha256));
  v1::Measured measured;
  v1::MeasuredDigest& digest = *measured.add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(core::to_string(crypto::sha256(*found.bytes)));
  digest.set_second(digest.first());
  return checks::compare(stated, measured) == checks::Comparison::kEqual ? "match" : "mismatch";
}

std::string_view encoding_of(const ecf::HashText& hash) {
  if (hash.form == ecf::HashText::Form::kHex) return "hex";
  return hash.form == ecf::HashText::Form::kBase64 ? "base64" : "";
}

void hold(KindResult& result, bool right, const std::string& name) {
  if (!right) result.wrong.push_back("param " + name);
}

void hold_documents(const KindCase& one, const std::vector<Found>& all, KindResult& result) {
  if (const auto* wanted = one.param("documents"); wanted != nullptr && wanted->as_object()) {
    for (const auto& [name, value] : *wanted->as_object()) {
      const auto found = std::ranges::find(all, name, &Found::name);
      const std::string got = found == all.end() ? "absent" : result_of(*found);
      hold(result, value.as_string() != nullptr && got == *value.as_string(),
           "documents." + name + ": " + got);
    }
  }
  if (const std::string wanted = one.text("document_hash"); !wanted.empty()) {
    hold(result,
         std::ranges::any_of(all,
                             [&](const Found& found) {
                               return core::to_hex(found.attachment->hash.sha256) == wanted;
                             }),
         "document_hash");
  }
  if (const std::string wanted = one.text("document_sha256"); !wanted.empty()) {
    hold(result,
         std::ranges::any_of(all,
                             [&](const Found& found) {
                               return found.bytes &&
                                      core::to_hex(crypto::sha256(*found.bytes)) == wanted;
                             }),
         "document_sha256");
  }
  if (const std::string wanted = one.text("hash_encoding"); !wanted.empty()) {
    hold(result,
         !all.empty() && std::ranges::all_of(all,
                                             [&](const Found& found) {
                                               return encoding_of(found.attachment->hash) == wanted;
                                             }),
         "hash_encoding");
  }
}

void hold_defects(const KindCase& one, const ecf::Defects& defects, KindResult& result) {
  for (const auto& defect : defects) add(result, defect);
  if (const auto wanted = one.number("error_code")) {
    const int got = defects.empty() ? 0 : ecf::error_code(defects.front().code);
    hold(result, got == *wanted, "error_code " + std::to_string(got));
  }
  if (const auto wanted = one.flag("schema_valid")) {
    const bool got = std::ranges::none_of(defects, [](const adapters::Defect& defect) {
      return std::ranges::find(kSchemaCodes, defect.code) != kSchemaCodes.end();
    });
    hold(result, got == *wanted, "schema_valid");
  }
}

// The full check: reading, linking, the submission, and what became of each document.
KindResult check(const KindCase& one, const adapters::Request& request, bool alone) {
  KindResult result;
  const ecf::Names& names = ecf::names(version_of(one));
  ecf::Defects defects;
  auto message = ecf::read_message(request, names, {}, defects);
  std::vector<Found> all;
  if (message) {
    ecf::link_parts(*message, request, defects);
    for (const auto& listed : ecf::list_items(*message)) {
      const ecf::Attachment& attachment = *listed.attachment;
      Found& found = all.emplace_back();
      found.name = attachment.content_id.empty() || alone ? std::to_string(all.size())
                                                          : attachment.content_id;
      found.attachment = &attachment;
      if (attachment.bytes) found.bytes = *attachment.bytes;
      if (!attachment.part) continue;
      const auto& source = *request.parts[*attachment.part].bytes;
      if (auto bytes = contents::read_some(source, 0, source.size())) found.bytes = *bytes;
    }
  }
  hold_defects(one, defects, result);
  hold_documents(one, all, result);
  result.result = defects.empty() ? "accept" : "reject";
  const auto filing = ecf::read_filing(request, names, {});
  if (!defects.empty()) {
    hold(result, !filing && filing.error() == defects, "another reading than the adapter's");
    return result;
  }
  for (const Found& found : all) {
    const std::string got = result_of(found);
    if (got == "match" || got == "no-hash") continue;
    result.result = "report";
    result.reasons.insert(got == "mismatch"        ? "HASH_MISMATCH"
                          : got == "size-mismatch" ? "SIZE_MISMATCH"
                                                   : "ALGORITHM_REFUSED");
  }
  return result;
}

KindResult run_ecf_message(const KindCase& one) {
  const core::Bytes bytes = one.input("message").value_or(core::Bytes());
  const contents::MemorySource source(bytes);
  const adapters::Settings settings;
  adapters::Request request;
  request.content_type = "text/xml; charset=utf-8";
  request.message = &source;
  request.settings = &settings;
  return check(one, request, true);
}

std::string reason_of(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::kDuplicate:
      return "DUPLICATE_PART";
    case core::ErrorCode::kTruncated:
      return "TRUNCATED";
    case core::ErrorCode::kNotFound:
      return "START_PART_MISSING";
    case core::ErrorCode::kUnsupported:
      return "CONTENT_TYPE_MISMATCH";
    case core::ErrorCode::kLimit:
      return "PART_LIMIT";
    default:
      return "MALFORMED";
  }
}

// A transmission as the front takes it apart.
struct Transmission {
  std::string root_type;
  core::Bytes root;
  std::vector<http::RelatedPart> parts;
  std::vector<core::Bytes> bodies;
};

core::Result<Transmission> take_apart(std::string_view text) {
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    return core::fail(core::ErrorCode::kTruncated, "no end of the header");
  }
  HEYAN_TRY(const auto fields, http::parse_fields(text.substr(0, end + 2), {}));
  const std::string* const type = http::find_field(fields, "content-type");
  if (type == nullptr) return core::fail(core::ErrorCode::kMalformed, "no Content-Type");
  HEYAN_TRY(auto parser, http::RelatedParser::create(*type, {}));
  Transmission result;
  core::ByteView input = core::as_bytes(text.substr(end + 4));
  core::Bytes* body = nullptr;
  for (auto kind = http::MultipartEvent::Kind::kPart; kind != http::MultipartEvent::Kind::kMore;) {
    HEYAN_TRY(const http::RelatedEvent event, parser.next(input));
    kind = event.kind;
    if (kind == http::MultipartEvent::Kind::kPart) {
      if (event.part.root) {
        result.root_type = event.part.content_type;
        body = &result.root;
      } else {
        result.parts.push_back(event.part);
        body = &result.bodies.emplace_back();
      }
    }
    if (body != nullptr) body->insert(body->end(), event.data.begin(), event.data.end());
  }
  HEYAN_CHECK_OK(parser.finish());
  return result;
}

KindResult run_ecf_mtom(const KindCase& one) {
  const core::Bytes bytes = one.input("transmission").value_or(core::Bytes());
  const auto taken = take_apart(core::as_text(bytes));
  if (!taken) {
    KindResult result;
    result.result = "reject";
    result.reasons.insert(reason_of(taken.error()));
    result.output = taken.error().text;
    return result;
  }
  std::vector<contents::MemorySource> sources(taken->bodies.begin(), taken->bodies.end());
  std::vector<adapters::Part> parts;
  for (std::size_t i = 0; i < taken->parts.size(); ++i) {
    parts.push_back({.name = taken->parts[i].content_id,
                     .file_name = {},
                     .content_type = taken->parts[i].content_type,
                     .bytes = &sources[i]});
  }
  const contents::MemorySource root(taken->root);
  const adapters::Settings settings;
  adapters::Request request;
  request.content_type = taken->root_type;
  request.parts = parts;
  request.message = &root;
  request.settings = &settings;
  return check(one, request, false);
}

constexpr std::array kKinds = {
    Kind{"xml-intake", run_xml_intake}, Kind{"ecf-schema", run_ecf_schema},
    Kind{"ecf-message", run_ecf_message}, Kind{"ecf-mtom", run_ecf_mtom}};

}  // namespace

std::span<const Kind> courts_ecf() { return kKinds; }

}  // namespace heyan::vectors
