# Cross-building for a 64-bit Raspberry Pi on Debian with arm64 as foreign architecture;
# packaging/cross-root makes one. Qt's tools (moc, lrelease) are the building machine's own.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_STRIP aarch64-linux-gnu-strip)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(ENV{PKG_CONFIG_LIBDIR} /usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig)
# Man pages and completions are what the programs say of themselves.
find_program(FACETRACK_QEMU qemu-aarch64-static)
if(FACETRACK_QEMU)
    set(CMAKE_CROSSCOMPILING_EMULATOR "${FACETRACK_QEMU}")
endif()
# Debian finds LAPACK and BLAS by alternatives, which the foreign ones do not have.
set(libraries /usr/lib/aarch64-linux-gnu)
foreach(kind EXE SHARED MODULE)
    set(CMAKE_${kind}_LINKER_FLAGS_INIT "-Wl,-rpath-link,${libraries}/lapack:${libraries}/blas")
endforeach()
