// How many connections a client may have, and all clients together at one listener: who fills the
// public one keeps no court's system from its own. Any thread.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace heyan::front {

class Admission {
 public:
  // `all`: at each listener; `per_client`: at all of them together.
  Admission(std::size_t all, std::size_t per_client) : all_(all), per_client_(per_client) {}

  // A place, given back when the ticket is destroyed; empty where there is none.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Admission& owner, std::string listener, std::string client)
        : owner_(&owner), listener_(std::move(listener)), client_(std::move(client)) {}
    Ticket(Ticket&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)),
          listener_(std::move(other.listener_)),
          client_(std::move(other.client_)) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (owner_ != nullptr) owner_->leave(listener_, client_);
    }
    explicit operator bool() const { return owner_ != nullptr; }

   private:
    Admission* owner_ = nullptr;
    std::string listener_;
    std::string client_;
  };

  Ticket enter(const std::string& listener, const std::string& client) {
    const std::lock_guard lock(mutex_);
    std::size_t& here = listeners_[listener];
    if (here >= all_) return {};
    std::size_t& own = clients_[client];
    if (own >= per_client_) return {};
    ++own;
    ++here;
    ++count_;
    return {*this, listener, client};
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  void leave(const std::string& listener, const std::string& client) {
    const std::lock_guard lock(mutex_);
    --count_;
    --listeners_.at(listener);
    const auto found = clients_.find(client);
    if (--found->second == 0) clients_.erase(found);
  }

  const std::size_t all_;
  const std::size_t per_client_;
  mutable std::mutex mutex_;
  std::size_t count_ = 0;
  std::map<std::string, std::size_t> listeners_;
  std::map<std::string, std::size_t> clients_;
};

}  // namespace heyan::front
