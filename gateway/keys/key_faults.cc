#include "gateway/keys/key_faults.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "gateway/keys/report_issuer.h"
#include "gateway/os/folder.h"

namespace heyan::keys {
namespace {

using core::ErrorCode;
using crypto::KeyAlgorithm;
using crypto::PublicKey;
using std::filesystem::path;

constexpr std::size_t kLimitBytes = 64u << 10;
constexpr std::string_view kPutBack =
    "Put it back from where a copy of the gateway's keys is kept.";

struct Named {
  std::string_view prefix;
  KeyAlgorithm algorithm;
  bool may_be_in_token = false;
};
constexpr std::array<Named, 6> kPairs = {{{"report-es256", KeyAlgorithm::kEcdsaP256, true},
                                          {"report-sm2", KeyAlgorithm::kSm2},
                                          {"receipt-es256", KeyAlgorithm::kEcdsaP256, true},
                                          {"seal-es256", KeyAlgorithm::kEcdsaP256},
                                          {"xml-es256", KeyAlgorithm::kEcdsaP256},
                                          {"statement-es256", KeyAlgorithm::kEcdsaP256}}};
constexpr Named kLog{"log-ed25519", KeyAlgorithm::kEd25519};

class Look {
 public:
  Look(path folder, bool token) : folder_(std::move(folder)), token_(token) {
    struct stat status{};
    if (::geteuid() == 0 && ::stat(folder_.c_str(), &status) == 0) owner_ = status.st_uid;
    tell(check_private(folder_, owner_));
  }

  std::vector<Refusal> run() && {
    std::vector<PublicKey> keys;
    for (const Named& pair : kPairs) {
      const std::optional<PublicKey> key = key_of(pair);
      if (key && std::ranges::find(keys, *key) != keys.end()) {
        tell({ErrorCode::kMalformed, "another use has the same key"},
             file_of(pair.prefix, "key.pem"), kPutBack);
      }
      if (key) keys.push_back(*key);
      const auto text = read(pair.prefix, "cert.pem");
      const auto certificate = crypto::Certificate::from_pem(text.value_or(""));
      if (!key || !certificate || certificate->key() == *key) continue;
      tell({ErrorCode::kMalformed, "it does not belong to the key beside it"},
           file_of(pair.prefix, "cert.pem"), kOfThatKey);
    }
    const std::optional<PublicKey> key = key_of(kLog);
    const auto verifier = load_log_verifier(folder_);
    if (key && verifier && !(verifier->key() == *key)) {
      tell({ErrorCode::kMalformed, "it does not belong to the key beside it"}, folder_ / "log.vkey",
           kPutBack);
    }
    return std::move(faults_);
  }

 private:
  path file_of(std::string_view prefix, std::string_view suffix) const {
    return folder_ / fmt::format("{}.{}", prefix, suffix);
  }

  std::optional<std::string> read(std::string_view prefix, std::string_view suffix) const {
    const auto bytes = os::read_named_file(file_of(prefix, suffix), kLimitBytes);
    if (!bytes) return std::nullopt;
    return core::to_string(*bytes);
  }

  // Nothing where it is not to be known, or is a fault that is told.
  std::optional<PublicKey> key_of(const Named& named) {
    const auto published = PublicKey::from_pem(read(named.prefix, "pub.pem").value_or(""));
    const auto otherwise = published ? std::optional<PublicKey>(*published) : std::nullopt;
    if (token_ && named.may_be_in_token) return otherwise;
    const path file = file_of(named.prefix, "key.pem");
    if (!tell(check_private(file, owner_))) return otherwise;
    const auto text = read(named.prefix, "key.pem");
    if (!text) return otherwise;  // of another user
    const auto key = crypto::SigningKey::from_pem(*text);
    if (!key) {
      tell(key.error(), file, kPutBack);
    } else if (key->public_key().algorithm() != named.algorithm) {
      tell({ErrorCode::kMalformed, "it is a key of another kind"}, file, kPutBack);
    } else {
      return key->public_key();
    }
    return std::nullopt;
  }

  void tell(const core::Error& error, const path& file, std::string_view remedy) {
    faults_.push_back(intake::refusal_of(error, file.string(), remedy));
  }
  bool tell(std::expected<void, Refusal> looked) {
    if (!looked) faults_.push_back(std::move(looked).error());
    return looked.has_value();
  }

  path folder_;
  bool token_;
  uid_t owner_ = ::geteuid();
  std::vector<Refusal> faults_;
};

}  // namespace

std::vector<Refusal> faults_of_keys(const path& folder, const std::optional<ops::Token>& token) {
  return Look(folder, token.has_value()).run();
}

}  // namespace heyan::keys
