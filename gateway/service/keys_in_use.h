// Idempotency keys of requests that are being accepted: a second request with the same key must not
// be logged besides the first. Any thread.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace heyan::service {

class KeysInUse {
 public:
  using Key = std::tuple<std::string, std::string, std::string>;  // court, account, key

  // The key is given back when the ticket is destroyed; empty where somebody else has it.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(KeysInUse& owner, Key key) : owner_(&owner), key_(std::move(key)) {}
    Ticket(Ticket&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)), key_(std::move(other.key_)) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (owner_ == nullptr) return;
      const std::lock_guard lock(owner_->mutex_);
      owner_->keys_.erase(key_);
    }
    explicit operator bool() const { return owner_ != nullptr; }

   private:
    KeysInUse* owner_ = nullptr;
    Key key_;
  };

  Ticket enter(Key key) {
    const std::lock_guard lock(mutex_);
    if (!keys_.insert(key).second) return {};
    return {*this, std::move(key)};
  }

 private:
  std::mutex mutex_;
  std::set<Key> keys_;
};

}  // namespace heyan::service
