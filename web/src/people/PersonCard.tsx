export default function PersonCard(_: { id: number; onClose: () => void }) { return null }
