// Topic chains-cn: SM2, SM3 and account identities; the kinds of whole ledgers where a ledger
// module exists.
//
// cases.jsonl holds one object a line: id, kind, inputs {role: file}, params, expect, reasons. The
// kinds run here take one input, "vectors", a file {"vectors": [...]}, and judge its entry number
// params.entry; those of a ledger stand in files of their own.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "tests/vectors/chains_cn.h"
#include "tests/vectors/topic.h"
#include "verifier/core/json.h"
#include "verifier/crypto/signature.h"
#include "verifier/ledgers/chainmaker/node_id.h"

namespace heyan::vectors {

bool run_chains_cn(const std::filesystem::path& folder, const Report& report);

namespace {

using core::Bytes;
using core::ByteView;
using core::json::Value;

Judged verdict(bool valid) {
  Judged judged;
  judged.verdict = valid ? "valid" : "invalid";
  return judged;
}

Judged not_run(std::string why) {
  Judged judged;
  judged.why_not = std::move(why);
  return judged;
}

std::string text_of(const Value& object, std::string_view member) {
  const Value* value = object.find(member);
  const std::string* text = value != nullptr ? value->as_string() : nullptr;
  return text != nullptr ? *text : std::string();
}

Bytes bytes_of(const Value& object, std::string_view member) {
  return core::from_hex(text_of(object, member)).value_or(Bytes());
}

Judged judge_hash(const Value& params, const Value& entry) {
  static const std::map<std::string, crypto::Hash> kNames = {
      {"SM3", crypto::Hash::kSm3},       {"SHA1", crypto::Hash::kSha1},
      {"SHA256", crypto::Hash::kSha256}, {"SHA384", crypto::Hash::kSha384},
      {"SHA512", crypto::Hash::kSha512}, {"MD5", crypto::Hash::kMd5}};
  const auto hash = kNames.find(text_of(params, "algorithm"));
  if (hash == kNames.end()) return not_run("digest not built: " + text_of(params, "algorithm"));
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto digest = checker.digest(hash->second, bytes_of(entry, "message_hex"));
  return verdict(digest && core::to_hex(*digest) == text_of(entry, "digest_hex"));
}

// False where the mode or encoding is not one that is documented.
bool read_scheme(const Value& entry, crypto::Scheme& scheme) {
  const std::string mode = text_of(entry, "mode");
  const std::string encoding = text_of(entry, "signature_encoding");
  scheme.kind = mode == "raw-digest" ? crypto::SignatureKind::kSm2Raw : crypto::SignatureKind::kSm2;
  scheme.hash = mode == "z-sha256" ? crypto::Hash::kSha256 : crypto::Hash::kSm3;
  scheme.encoding =
      encoding == "der" ? crypto::SignatureEncoding::kDer : crypto::SignatureEncoding::kRs;
  scheme.sm2_user_id = core::to_string(bytes_of(entry, "user_id_hex"));
  const bool known_mode = mode == "z-sm3" || mode == "z-sha256" || mode == "raw-digest";
  return known_mode && (encoding == "der" || encoding == "rs64" || encoding == "rs-pub128");
}

Judged judge_sm2(const Value& params, const Value& entry) {
  if (text_of(params, "entry_id") != text_of(entry, "id")) return verdict(false);
  crypto::Scheme scheme;
  if (!read_scheme(entry, scheme)) return not_run("mode or encoding not supported");
  const Bytes point = bytes_of(entry, "public_key");
  Bytes signature = bytes_of(entry, "signature_hex");
  if (text_of(entry, "signature_encoding") == "rs-pub128") {
    // r || s || X || Y: the key that travels along must be the key of the account.
    if (signature.size() != 128 || point.size() != 65) return verdict(false);
    if (!core::equal(ByteView(signature).last(64), ByteView(point).last(64))) return verdict(false);
    signature.resize(64);
  }
  const auto key = crypto::PublicKey::from_point(crypto::KeyAlgorithm::kSm2, point);
  if (!key) return verdict(false);
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  return verdict(checker.verify(*key, scheme, bytes_of(entry, "message_hex"), signature) ==
                 crypto::SignatureOutcome::kValid);
}

// Nothing where this field cannot be computed with what is built.
std::optional<std::string> identity_field(const std::string& field, const Value& entry,
                                          const crypto::PublicKey& key) {
  const bool sm2 = key.algorithm() == crypto::KeyAlgorithm::kSm2;
  const Bytes sm3_of_point = crypto::digest(crypto::Hash::kSm3, key.point());
  if (field == "zhixin_address") return "ZX" + core::to_hex(ByteView(sm3_of_point).first(20));
  if (field == "fisco_address") {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    const auto digest =
        checker.digest(sm2 ? crypto::Hash::kSm3 : crypto::Hash::kKeccak256, key.point().subspan(1));
    return "0x" + (digest ? core::to_hex(ByteView(*digest).last(20)) : std::string());
  }
  if (field == "chainmaker_peer_id") {
    // The SPKI of the entry must be the one of the key.
    if (!core::equal(bytes_of(entry, "spki_der_hex"), key.spki())) return "";
    return ledgers::chainmaker::node_id_of(key);
  }
  return std::nullopt;
}

Judged judge_identity(const Value& params, const Value& entry) {
  static const std::map<std::string, crypto::KeyAlgorithm> kCurves = {
      {"sm2", crypto::KeyAlgorithm::kSm2},
      {"p256", crypto::KeyAlgorithm::kEcdsaP256},
      {"secp256k1", crypto::KeyAlgorithm::kSecp256k1}};
  const auto curve = kCurves.find(text_of(entry, "curve"));
  if (curve == kCurves.end()) return not_run("curve not supported");
  const auto key = crypto::PublicKey::from_point(curve->second, bytes_of(entry, "public_key_hex"));
  if (!key) return verdict(false);
  const Value* fields = params.find("fields");
  if (fields == nullptr || fields->as_array() == nullptr) return verdict(false);
  for (const Value& field : *fields->as_array()) {
    const std::string name = field.as_string() != nullptr ? *field.as_string() : "";
    const auto computed = identity_field(name, entry, *key);
    if (!computed) return not_run("field not known: " + name);
    if (*computed != text_of(entry, name)) return verdict(false);
  }
  return verdict(!fields->as_array()->empty());
}

using Judge = Judged (*)(const Value& params, const Value& entry);

Judge judge_of(const std::string& kind) {
  if (kind == "hash") return judge_hash;
  if (kind == "sm2-verify") return judge_sm2;
  return kind == "identity" ? judge_identity : nullptr;
}

std::optional<Value> read_json(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  const Bytes bytes(std::istreambuf_iterator<char>(in), {});
  auto value = core::json::parse(bytes, {});
  if (!value) return std::nullopt;
  return *std::move(value);
}

// The entry that the case names, or null. Files are read once.
const Value* entry_of(const std::filesystem::path& folder, const Value& line,
                      std::map<std::string, Value>& files) {
  const Value* file = line.at("/inputs/vectors");
  const Value* number = line.at("/params/entry");
  if (file == nullptr || file->as_string() == nullptr || number == nullptr ||
      number->as_integer() == nullptr) {
    return nullptr;
  }
  auto at = files.find(*file->as_string());
  if (at == files.end()) {
    auto value = read_json(folder / *file->as_string());
    if (!value) return nullptr;
    at = files.emplace(*file->as_string(), *std::move(value)).first;
  }
  return at->second.at("/vectors/" + std::to_string(*number->as_integer()));
}

std::vector<std::string> texts_at(const Value& line, std::string_view pointer) {
  std::vector<std::string> texts;
  const Value* list = line.at(pointer);
  if (list == nullptr || list->as_array() == nullptr) return texts;
  for (const Value& one : *list->as_array()) {
    if (one.as_string() != nullptr) texts.push_back(*one.as_string());
  }
  return texts;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& one : texts) result += (result.empty() ? "" : ",") + one;
  return result;
}

// The rules of FORMAT.md, "Passing".
bool is_as_expected(const Value& line, const Judged& judged) {
  const auto reported = [&](const std::string& reason) {
    return std::ranges::find(judged.reasons, reason) != judged.reasons.end();
  };
  const Value* also_ok = line.at("/params/also_ok");
  const bool verdict_fits = judged.verdict == text_of(line, "expect") ||
                            (also_ok != nullptr && also_ok->as_string() != nullptr &&
                             judged.verdict == *also_ok->as_string());
  const auto any_of = texts_at(line, "/params/any_of");
  const auto signers = texts_at(line, "/params/signers");
  return verdict_fits && std::ranges::all_of(texts_at(line, "/reasons"), reported) &&
         (any_of.empty() || std::ranges::any_of(any_of, reported)) &&
         (signers.empty() || (judged.signers && *judged.signers == signers));
}

Judged judge_entry(const std::filesystem::path& folder, const Value& line, Judge judge,
                   std::map<std::string, Value>& files) {
  const Value* entry = entry_of(folder, line, files);
  const Value* params = line.find("params");
  if (entry != nullptr && params != nullptr) return judge(*params, *entry);
  Judged judged;
  judged.verdict = "entry not found";
  return judged;
}

CaseResult run_case(const std::filesystem::path& folder, const Value& line,
                    std::map<std::string, Value>& files) {
  CaseResult result{text_of(line, "id"), text_of(line, "expect"), {}, Status::kFailed};
  const std::string kind = text_of(line, "kind");
  const auto reasons = texts_at(line, "/reasons");
  if (!reasons.empty()) result.expected += " " + joined(reasons);
  Judged judged;
  if (const Judge judge = judge_of(kind)) {
    judged = judge_entry(folder, line, judge, files);
  } else if (kind.starts_with("chainmaker-")) {
    judged = run_chainmaker_case(folder, line);
  } else if (kind.starts_with("fisco")) {
    judged = run_fisco_case(folder, line);
  } else {
    judged = not_run("kind " + kind + ": ledger not built yet");
  }
  if (judged.verdict.empty()) {
    result.got = judged.why_not;
    result.status = Status::kSkipped;
    return result;
  }
  result.got = judged.verdict;
  if (!judged.reasons.empty()) result.got += " " + joined(judged.reasons);
  if (is_as_expected(line, judged)) result.status = Status::kPassed;
  return result;
}

}  // namespace

bool run_chains_cn(const std::filesystem::path& folder, const Report& report) {
  std::ifstream in(folder / "cases.jsonl", std::ios::binary);
  if (!in) {
    std::cerr << "chains-cn: cannot read cases.jsonl\n";
    return false;
  }
  std::map<std::string, Value> files;
  std::size_t number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.empty()) continue;
    const auto line = core::json::parse(core::as_bytes(text), {});
    if (!line || line->as_object() == nullptr || text_of(*line, "id").empty()) {
      std::cerr << "chains-cn: line " << number << " of cases.jsonl is not a case\n";
      return false;
    }
    report(run_case(folder, *line, files));
  }
  return true;
}

}  // namespace heyan::vectors
