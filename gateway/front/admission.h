// How many connections a client, and all clients together, may have. Any thread.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace heyan::front {

class Admission {
 public:
  Admission(std::size_t all, std::size_t per_client) : all_(all), per_client_(per_client) {}

  // A place, given back when the ticket is destroyed; empty where there is none.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Admission& owner, std::string client) : owner_(&owner), client_(std::move(client)) {}
    Ticket(Ticket&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)), client_(std::move(other.client_)) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (owner_ != nullptr) owner_->leave(client_);
    }
    explicit operator bool() const { return owner_ != nullptr; }

   private:
    Admission* owner_ = nullptr;
    std::string client_;
  };

  Ticket enter(const std::string& client) {
    const std::lock_guard lock(mutex_);
    if (count_ >= all_) return {};
    std::size_t& own = clients_[client];
    if (own >= per_client_) return {};
    ++own;
    ++count_;
    return {*this, client};
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  void leave(const std::string& client) {
    const std::lock_guard lock(mutex_);
    --count_;
    const auto found = clients_.find(client);
    if (--found->second == 0) clients_.erase(found);
  }

  const std::size_t all_;
  const std::size_t per_client_;
  mutable std::mutex mutex_;
  std::size_t count_ = 0;
  std::map<std::string, std::size_t> clients_;
};

}  // namespace heyan::front
