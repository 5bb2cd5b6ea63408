#include "court_adapters/netcourt_hangzhou/filing.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/core.h>

#include "court_adapters/netcourt_hangzhou/identify.h"
#include "court_adapters/netcourt_hangzhou/request.h"
#include "court_adapters/netcourt_hangzhou/response.h"
#include "verifier/contents/safe_path.h"
#include "verifier/contents/submission_fields.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

constexpr std::string_view kFile = "file";
constexpr std::string_view kResponse = "response";
constexpr std::string_view kToken = "token";
constexpr std::string_view kItem = "1";

std::string quoted(std::string_view text) { return '"' + core::visible(text, 80) + '"'; }

// Each of them may be as long as a text of a case may be: together they must be one, too.
std::string shown(std::string_view text) { return core::visible(text, 200); }

class FilingReader {
 public:
  FilingReader(const Request& request, const core::Limits& limits)
      : request_(request), limits_(limits) {}

  std::expected<Filing, std::vector<Defect>> read() {
    if (const auto json = bytes_of(*request_.message, "")) {
      cert_ = take(read_request(*json, Call::kNotaryCert, request_.received_at_ms, limits_), "");
      check_signature(cert_, "/signedData");
    }
    read_token_part();
    read_response_part();
    const Part* file = part(kFile);
    if (file == nullptr) {
      defects_.add("part:file", "file-missing",
                   "The file itself did not come: send it as the part file.");
    }
    if (!defects_.empty()) return std::unexpected(std::move(defects_).take());
    add_item(file);
    tell_unused();
    return std::move(filing_);
  }

 private:
  void remark(std::string_view item, std::string_view code, std::string pointer,
              std::string detail) {
    filing_.remarks.push_back(
        {std::string(item), std::string(code), std::move(pointer), std::move(detail)});
  }

  std::optional<core::Bytes> bytes_of(const contents::ByteSource& source,
                                      const std::string& place) {
    if (source.size() > limits_.json_bytes) {
      defects_.add(place, "limit", fmt::format("This has more than {} bytes.", limits_.json_bytes));
      return std::nullopt;
    }
    auto bytes = contents::read_some(source, 0, limits_.json_bytes);
    if (bytes) return *std::move(bytes);
    defects_.add(place, "unreadable", "This could not be read; send it again.");
    return std::nullopt;
  }

  const Part* part(std::string_view name) const {
    const auto found = std::ranges::find(request_.parts, name, &Part::name);
    return found != request_.parts.end() ? &*found : nullptr;
  }

  NotaryRequest take(ReadRequest read, const std::string& place) {
    for (Defect& defect : read.defects) {
      defects_.add(place + defect.pointer, defect.code, std::move(defect.detail));
    }
    return std::move(read.request);
  }

  // "ACCOUNT BASE64".
  std::optional<crypto::PublicKey> key_of(const std::string& account) {
    const auto keys = request_.settings->find("account_keys");
    if (keys == request_.settings->end()) return std::nullopt;
    for (const std::string& line : keys->second) {
      const std::size_t blank = line.find(' ');
      if (line.substr(0, blank) != account || blank == std::string::npos) continue;
      const auto der = core::from_base64(line.substr(blank + 1));
      auto key = der ? crypto::PublicKey::from_spki(*der, limits_)
                     : core::Result<crypto::PublicKey>(
                           core::fail(core::ErrorCode::kMalformed, "no base64"));
      if (key) return *std::move(key);
      defects_.add("", "bad-setting",
                   "The key of this account cannot be read: tell who runs this system to correct "
                   "account_keys.");
      return std::nullopt;
    }
    return std::nullopt;
  }

  void check_signature(const NotaryRequest& request, const std::string& place) {
    if (request.signature.empty() || request.account.empty()) return;  // told already
    const auto key = key_of(request.account);
    if (!key) {
      remark("", "signature-not-checked", place,
             fmt::format("No key of the account {} is configured; whether it signed is not known.",
                         quoted(request.account)));
    } else if (!is_signed_by(request, *key, limits_)) {
      defects_.add(place, "signature-invalid",
                   "The signature is not one of this account over account, phase (or business) "
                   "and time: send the request as it was sent.");
    }
  }

  void read_token_part() {
    const Part* token = part(kToken);
    const auto json = token != nullptr ? bytes_of(*token->bytes, "token:") : std::nullopt;
    if (!json) return;
    const NotaryRequest request =
        take(read_request(*json, Call::kNotaryToken, request_.received_at_ms, limits_), "token:");
    check_signature(request, "token:/signedData");
    if (!request.account.empty() && request.account != cert_.account) {
      defects_.add("token:/accountId", "reference-mismatch",
                   "The two requests are of different accounts: send those that belong together.");
    }
    add_party(request.customer, v1::ROLE_OTHER, "customer");
    add_party(request.entity, v1::ROLE_OTHER, "entity");
  }

  void add_party(const std::optional<Person>& person, v1::Role role, std::string id) {
    if (!person) return;
    v1::Party& party = *filing_.submission.add_parties();
    party.set_id(std::move(id));
    party.set_role(role);
    party.set_kind(person->is_enterprise ? v1::PARTY_KIND_LEGAL_PERSON
                                         : v1::PARTY_KIND_NATURAL_PERSON);
    party.set_name(person->name);
    party.set_id_type(person->number_type == "IDENTITY_CARD" ? v1::ID_TYPE_RESIDENT_ID
                      : person->number_type == "UNIFIED_SOCIAL_CREDIT_CODE" ? v1::ID_TYPE_USCC
                                                                            : v1::ID_TYPE_OTHER);
    party.set_id_number(person->number);
  }

  void read_response_part() {
    const Part* part_of_it = part(kResponse);
    const auto json =
        part_of_it != nullptr ? bytes_of(*part_of_it->bytes, "response:") : std::nullopt;
    if (!json) return;
    auto response = read_response(*json, limits_);
    if (response) {
      response_ = *std::move(response);
      return;
    }
    for (Defect& defect : response.error()) {
      defects_.add("response:" + defect.pointer, defect.code, std::move(defect.detail));
    }
  }

  void add_item(const Part* file) {
    v1::Item& item = *filing_.submission.add_evidence();
    item.set_id(std::string(kItem));
    if (filing_.submission.parties_size() > 0) item.set_party(filing_.submission.parties(0).id());
    add_bytes(item, file);
    const auto digest = core::from_hex(cert_.content);
    if (digest && digest->size() == crypto::digest_bytes(crypto::Hash::kSha256)) {
      v1::Digest& declared = *item.mutable_file()->add_digests();
      declared.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
      declared.set_value(core::to_string(*digest));
    } else {
      remark(kItem, "content-not-a-fingerprint", "/notaryContent",
             "notaryContent is no SHA-256 fingerprint; the file cannot be compared with it.");
    }
    add_record(item);
  }

  void add_bytes(v1::Item& item, const Part* file) {
    const std::string name = file->file_name;
    const std::string path = "evidence/" + name;
    const bool is_name = !name.empty() && !name.contains('/') && !contents::unsafe_path(path);
    item.set_name(is_name ? name : std::string(kFile));
    item.mutable_file()->set_path(is_name ? path : "evidence/file");
    const auto index = static_cast<std::size_t>(file - request_.parts.data());
    filing_.files.push_back({item.file().path(), index});
  }

  // What the operator says, as a declared source of the item.
  std::string told_by_operator() const {
    const bool stored = response_ && response_->stored == Stored::kStored;
    return fmt::format(
        "杭州互联网法院司法区块链的记载：内容{}，账户{}，环节{}，时间{}（账户自报），交易{}",
        shown(cert_.content), shown(cert_.account), shown(cert_.phase),
        core::format_rfc3339(core::from_unix_ms(cert_.timestamp_ms)),
        stored ? shown(response_->data) : "未载明");
  }

  void add_record(v1::Item& item) {
    item.set_source(told_by_operator());
    if (!response_) {
      remark(kItem, "response-missing", "part:response",
             "The answer of the court's chain did not come; no transaction is known.");
    } else if (response_->stored == Stored::kStored) {
      const auto ledger = request_.settings->find("ledger");
      if (ledger != request_.settings->end() && !ledger->second.empty()) {
        item.mutable_record()->set_ledger(ledger->second.front());
      }
      if (!response_->data.empty()) item.mutable_record()->set_id(response_->data);
      if (const auto known = known_of(cert_.content, response_->data)) {
        filing_.known.push_back(*known);
      }
    } else {
      const bool mismatch = response_->stored == Stored::kMismatch;
      remark(kItem, mismatch ? "operator-says-mismatch" : "operator-refused", "response:/code",
             fmt::format("The operator answered {}: {}.", quoted(response_->code),
                         quoted(response_->message)));
    }
    remark(kItem, "operator-attestation", "/notaryContent",
           fmt::format("The operator's record states: content {}, account {}, phase {}, token {}, "
                       "time {} by the account's clock, transaction {}. It is a statement of the "
                       "operator, not a proof. The account's signature covers account, phase and "
                       "time alone; it does not cover the content.",
                       quoted(cert_.content), quoted(cert_.account), quoted(cert_.phase),
                       quoted(cert_.token),
                       core::format_rfc3339(core::from_unix_ms(cert_.timestamp_ms)),
                       response_ && response_->stored == Stored::kStored ? quoted(response_->data)
                                                                         : "not given"));
  }

  void tell_unused() {
    constexpr std::array<std::string_view, 3> kKnown = {kFile, kResponse, kToken};
    for (const Part& one : request_.parts) {
      if (std::ranges::find(kKnown, one.name) != kKnown.end()) continue;
      remark("", "part-not-used", "part:" + core::json::shown_pointer_token(one.name),
             "Nothing is made of this part; it is not verified.");
    }
  }

  const Request& request_;
  const core::Limits& limits_;
  contents::Defects defects_;
  NotaryRequest cert_;
  std::optional<NotaryResponse> response_;
  Filing filing_;
};

}  // namespace

std::expected<Filing, std::vector<Defect>> read_filing(const Request& request,
                                                       const core::Limits& limits) {
  return FilingReader(request, limits).read();
}

}  // namespace heyan::court_adapters::netcourt_hangzhou
