# Run by CPack on what it is to pack: the linker's own paths are enough for what lies in /usr.
file(GLOB_RECURSE files LIST_DIRECTORIES false "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*")
foreach(file IN LISTS files)
    if(file MATCHES "/bin/|\\.so[.0-9]*$" AND NOT IS_SYMLINK "${file}")
        file(RPATH_REMOVE FILE "${file}")
    endif()
endforeach()
