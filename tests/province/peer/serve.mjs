// The independent tus server, on a free port of loopback; prints its address. Usage: node serve.mjs FOLDER
import { Server } from '@tus/server'
import { FileStore } from '@tus/file-store'

const server = new Server({ path: '/uploads', relativeLocation: true, datastore: new FileStore({ directory: process.argv[2] }) })
const listening = server.listen({ host: '127.0.0.1', port: 0 }, () => console.log(`http://127.0.0.1:${listening.address().port}`))
