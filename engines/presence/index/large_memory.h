// Slow memory.
//
// An allocator for arrays that are large and read all over: in huge pages where the system has some to give (madvise),
// because looking up where a page lies costs as much as reading it.

#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace luytre::presence {

// Asks the memory for what will soon be read or written. A compiler takes a function that does nothing but ask for one
// that does nothing, and leaves out its calls: the empty assembly keeps them.
inline void fetch_memory(const void* at) {
  __builtin_prefetch(at);
  asm volatile("");
}
inline void fetch_to_write(const void* at) {
  __builtin_prefetch(at, 1);
  asm volatile("");
}

template <class T>
struct LargeMemory {
  using value_type = T;

  LargeMemory() = default;
  template <class U>
  explicit(false) LargeMemory(const LargeMemory<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kHugePage) return static_cast<T*>(::operator new(bytes));
    void* const at = ::operator new (bytes, std::align_val_t{kHugePage});
    ::madvise(at, bytes, MADV_HUGEPAGE);  // a wish
    return static_cast<T*>(at);
  }
  void deallocate(T* at, std::size_t count) {
    if (count * sizeof(T) < kHugePage) return ::operator delete(at);
    ::operator delete (at, std::align_val_t{kHugePage});
  }
  template <class U>
  bool operator==(const LargeMemory<U>&) const {
    return true;
  }

 private:
  static constexpr std::size_t kHugePage = std::size_t{2} << 20;  // of x86-64 and most of arm64
};

}  // namespace luytre::presence
