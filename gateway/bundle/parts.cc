#include "gateway/bundle/parts.h"

#include <array>

#include "gateway/bundle/read_me.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::bundle {
namespace {

using core::json::Value;
using Files = std::map<std::string, std::string>;

constexpr std::string_view kSchema = "heyan.bundle.v1";

constexpr std::array<Part, 6> kParts = {{
    {kRecord,
     &Bundle::record,
     false,
     {"判断所依据的记录：申报内容、文件的测量结果和链上证明；不含证据文件",
      "the case record: what was declared, what was measured, the proofs; no evidence files"}},
    {kExcerpt,
     &Bundle::excerpt,
     false,
     {"记录摘录：能够单独出示本案交易的链上证明，不含他人的交易；在证明中查见本副本未载明的个人信息"
      "的，"
      "该证明不在内",
      "an excerpt of the record: the proofs that show this case's transactions alone, without "
      "other\n"
      "               people's, and without those in which a field that this copy withholds was "
      "found"}},
    {"report.json",
     &Bundle::payload,
     true,
     {"报告内容（规范 JSON）；其 SHA-256 即报告指纹",
      "the report itself (canonical JSON); its SHA-256 is what it is known by"}},
    {"report.jws",
     &Bundle::envelope,
     false,
     {"已签名的报告和日志证明；以此为准", "the signed report with its log proof: the original"}},
    {"report.pdf", &Bundle::pdf, false, {"供阅读的已签章文件", "the same for reading, sealed"}},
    {"report.xml",
     &Bundle::xml,
     false,
     {"供程序读取的已签章文件（ETSI TS 119 102-2）",
      "the same for programs (ETSI TS 119 102-2), sealed"}},
}};

// Files of a trust list or policy, each once, as they were read.
core::Result<void> add_sources(Files& files, const std::string& folder,
                               const google::protobuf::RepeatedPtrField<v1::SourceFile>& sources) {
  for (const v1::SourceFile& source : sources) {
    if (!core::is_utf8(source.path())) {
      return core::fail(core::ErrorCode::kMalformed, "a name in the record is not UTF-8");
    }
    files.emplace(folder + source.path(), source.content());
  }
  return {};
}

std::string manifest_of(const Files& files, bool is_signed) {
  Value list{Value::Array{}};
  for (const auto& [path, content] : files) {
    Value entry;
    entry.set("path", path)
        .set("sha256", core::to_hex(crypto::sha256(core::as_bytes(content))))
        .set("size", static_cast<std::int64_t>(content.size()));
    list.push(std::move(entry));
  }
  Value manifest;
  manifest.set("schema", kSchema).set("signed", is_signed).set("files", std::move(list));
  return core::json::write_canonical(manifest);
}

}  // namespace

std::span<const Part> parts() { return kParts; }

core::Result<Files> files_of(const Bundle& bundle, const v1::RecordFile& record) {
  Files files;
  for (const Part& part : kParts) {
    if (!(bundle.*part.content).empty()) files.emplace(part.name, bundle.*part.content);
  }
  const core::Limits limits{.json_bytes = bundle.envelope.size()};
  const auto proof = report::log_proof_of(core::as_bytes(bundle.envelope), limits);
  if (proof) files.emplace("log-proof.txt", *proof);
  HEYAN_CHECK_OK(add_sources(files, "trust-list/", record.trust_list()));
  HEYAN_CHECK_OK(add_sources(files, "policy/", record.policy()));
  files.emplace("README.txt", read_me(bundle, proof.has_value()));
  files.emplace(kManifest, manifest_of(files, !bundle.envelope.empty()));
  return files;
}

}  // namespace heyan::bundle
