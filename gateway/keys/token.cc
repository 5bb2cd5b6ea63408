#include "gateway/keys/token.h"

#include "gateway/keys/token_session.h"
#include "gateway/os/folder.h"

namespace heyan::keys {
namespace {

using core::Bytes;
using core::ErrorCode;
using core::fail;

constexpr std::size_t kPinBytes = 256;
constexpr std::string_view kRemedy =
    "Check [token] in the configuration, and the token with pkcs11-tool --list-objects.";
constexpr std::string_view kPinRemedy =
    "A few wrong PINs lock a token: see that the right one is in pin_file of [token], log in once "
    "by hand with it (pkcs11-tool --login --list-objects), and start again.";

std::unexpected<Refusal> refuse(const core::Error& error, std::string_view subject,
                                std::string_view remedy = kRemedy) {
  return std::unexpected(intake::refusal_of(error, subject, remedy));
}

class Keeper final : public crypto::DigestSigner {
 public:
  Keeper(std::shared_ptr<const Token::Session> session, CK_OBJECT_HANDLE key)
      : session_(std::move(session)), key_(key) {}
  core::Result<Bytes> sign(core::ByteView digest) const override {
    return session_->sign(key_, digest);
  }

 private:
  std::shared_ptr<const Token::Session> session_;
  CK_OBJECT_HANDLE key_;
};

core::Result<CK_OBJECT_HANDLE> only(const std::vector<CK_OBJECT_HANDLE>& found) {
  if (found.empty()) return fail(ErrorCode::kIo, "the token has no such key");
  if (found.size() > 1) return fail(ErrorCode::kDuplicate, "the token has two keys of this label");
  return found.front();
}

// CKA_EC_POINT: the uncompressed point in an OCTET STRING.
core::Result<crypto::PublicKey> public_key(const Token::Session& session, CK_OBJECT_HANDLE object) {
  HEYAN_TRY(const Bytes value, session.attribute(object, CKA_EC_POINT));
  constexpr std::size_t kHead = 2;
  constexpr std::size_t kPoint = 65;
  if (value.size() != kHead + kPoint || value[0] != 0x04 || value[1] != kPoint) {
    return fail(ErrorCode::kUnsupported, "it is no key of P-256");
  }
  return crypto::PublicKey::from_point(crypto::KeyAlgorithm::kEcdsaP256,
                                       core::ByteView(value).subspan(kHead));
}

core::Result<crypto::SigningKey> pair_of(const std::shared_ptr<const Token::Session>& session,
                                         const std::string& label) {
  HEYAN_TRY(const auto secrets, session->find(CKO_PRIVATE_KEY, label));
  HEYAN_TRY(const auto publics, session->find(CKO_PUBLIC_KEY, label));
  HEYAN_TRY(const CK_OBJECT_HANDLE secret, only(secrets));
  HEYAN_TRY(const CK_OBJECT_HANDLE open, only(publics));
  HEYAN_TRY(const crypto::PublicKey key, public_key(*session, open));
  HEYAN_TRY(const Bytes extractable, session->attribute(secret, CKA_EXTRACTABLE));
  if (extractable != Bytes{CK_FALSE}) {
    return fail(ErrorCode::kUnsupported, "the key can be taken out of the token");
  }
  return crypto::SigningKey::kept_by(std::make_shared<const Keeper>(session, secret), key);
}

}  // namespace

std::expected<Token, Refusal> Token::open(const ops::Token& place, Told does_not_sign) {
  HEYAN_CHECK_OK(check_private(place.pin_file));
  auto pin = os::read_named_file(place.pin_file, kPinBytes);
  if (!pin) {
    return std::unexpected(intake::refusal_of_named(pin.error(), place.pin_file.string(), kRemedy));
  }
  while (!pin->empty() && (pin->back() == '\n' || pin->back() == '\r')) pin->pop_back();
  auto session = Session::open(place.module, place.name, *pin, std::move(does_not_sign));
  ::explicit_bzero(pin->data(), pin->size());
  if (!session) {
    const bool of_pin = session.error().code == ErrorCode::kUnsupported;
    return refuse(session.error(), place.name, of_pin ? kPinRemedy : kRemedy);
  }
  return Token(*std::move(session), place.name);
}

std::expected<crypto::SigningKey, Refusal> Token::find(const std::string& label) const {
  auto key = pair_of(session_, label);
  if (!key) return refuse(key.error(), name_ + ", " + label);
  return *std::move(key);
}

std::expected<crypto::SigningKey, Refusal> Token::find_or_make(const std::string& label) const {
  const auto found = session_->find(CKO_PRIVATE_KEY, label);
  if (!found) return refuse(found.error(), name_);
  if (found->empty()) {
    if (const auto made = session_->make_pair(label); !made) {
      return refuse(made.error(), name_ + ", " + label);
    }
  }
  return find(label);
}

}  // namespace heyan::keys
