#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <sqlite3.h>
#include <utility>

/// Lets every write of SQLite in this process fail on command: a file system layer of SQLite's own
/// kind, put in front of the real one. Nothing in the library knows of it.
namespace faults {

inline std::atomic<int> writeResult = SQLITE_OK; ///< what writing answers; SQLITE_OK writes
inline std::atomic<int> syncResult = SQLITE_OK;

namespace detail {

inline sqlite3_vfs *real = nullptr;
inline sqlite3_vfs layer;
inline std::mutex mutex;
/// The main file has locks, the write-ahead log has none: so they come with different methods.
inline std::map<const sqlite3_io_methods *, sqlite3_io_methods> methods;
inline decltype(sqlite3_io_methods::xWrite) realWrite = nullptr; ///< one for all of them
inline decltype(sqlite3_io_methods::xSync) realSync = nullptr;

inline int write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    const int result = writeResult;
    return result != SQLITE_OK ? result : realWrite(file, bytes, count, offset);
}

inline int sync(sqlite3_file *file, int flags)
{
    const int result = syncResult;
    return result != SQLITE_OK ? result : realSync(file, flags);
}

inline int open(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    const int result = real->xOpen(real, name, file, flags, outFlags);
    if (!file->pMethods)
        return result;
    const std::lock_guard lock(mutex);
    auto [known, added] = methods.try_emplace(file->pMethods, *file->pMethods);
    if (added) {
        realWrite = std::exchange(known->second.xWrite, &write);
        realSync = std::exchange(known->second.xSync, &sync);
    }
    file->pMethods = &known->second;
    return result;
}

} // namespace detail

/// To be called once, before the first database is opened.
inline void install()
{
    detail::real = sqlite3_vfs_find(nullptr);
    detail::layer = *detail::real;
    detail::layer.zName = "faults";
    detail::layer.xOpen = &detail::open;
    sqlite3_vfs_register(&detail::layer, 1);
}

} // namespace faults
