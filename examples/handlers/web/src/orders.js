const list = document.querySelector('#orders');
const response = await fetch('/orders');

for (const order of await response.json()) {
  const item = document.createElement('li');
  item.textContent = `${order.id}: ${order.customer}`;
  list.append(item);
}
