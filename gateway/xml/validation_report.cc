#include "gateway/xml/validation_report.h"

#include "gateway/xml/item.h"
#include "gateway/xml/objects.h"
#include "gateway/xml/seal.h"
#include "verifier/core/text.h"
#include "verifier/report/payload.h"

namespace heyan::xml {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

void add_validator(const Element& root, const Value& payload, const Sealing* sealing) {
  const std::string software = scalar(member(payload, "bindings"), "software");
  const Element validator = root.add(kVr, "SignatureValidator");
  const Element id = validator.add(kVr, "DigitalId");
  if (sealing != nullptr) {
    id.add_base64(kTsl, "X509Certificate", sealing->certificate.der());
  } else {
    id.add(kTsl, "Other", "Heyan " + software);
  }
  validator.add(kVr, "OtherInformation")
      .add(kHy, "Software")
      .set("name", "Heyan")
      .set("version", software);
}

}  // namespace

Result<std::string> write_validation_report(core::ByteView payload, const Sealing* sealing) {
  core::Limits limits;
  limits.json_bytes = payload.size();
  const auto read = core::json::parse(payload, limits);
  if (!read) return std::unexpected(read.error().error);
  if (scalar(*read, "schema") != report::kReportSchema) {
    return fail(ErrorCode::kMalformed, "this is not the payload of a report");
  }
  if (sealing != nullptr && core::has_control(sealing->envelope)) {
    return fail(ErrorCode::kMalformed, "this is not a signed report as JSON");
  }
  markup::Draft draft(kVr, "ValidationReport", kVocabularies);
  const Element root = draft.root();
  const auto items = list(*read, "evidence");
  for (std::size_t i = 0; i < items.size(); ++i) add_item(root, *read, items[i], i + 1);
  if (items.empty()) add_no_item(root, *read);
  add_objects(root, {.payload = *read,
                     .payload_bytes = payload,
                     .envelope = sealing == nullptr ? nullptr : &sealing->envelope});
  add_validator(root, *read, sealing);
  HEYAN_TRY(const std::string body, draft.canonical());
  return std::string(kDeclaration) + body;
}

}  // namespace heyan::xml
